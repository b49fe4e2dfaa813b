-- The operational database of a home made by Tandem 0.2.0, as SQLite dumps it: the department and the workflow of
-- tests/orchestrator/running.py, with a run in each state: pending, granted, open, claimed, paused, completed, queued.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0009');
CREATE TABLE allowed_deviation (
	id INTEGER NOT NULL, 
	log VARCHAR(100) NOT NULL, 
	model VARCHAR(200) NOT NULL, 
	deviation TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	withdrawn_at DATETIME, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_allowed_deviation PRIMARY KEY (id)
);
CREATE TABLE application_versions (
    version_id TEXT NOT NULL PRIMARY KEY,
    version_name TEXT NOT NULL UNIQUE,
    version_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
, "application_name" TEXT DEFAULT NULL);
INSERT INTO "application_versions" VALUES('0afb7bf0-8b98-48fe-a89b-359e4e9b91ce','1',1796044941000,1796044941000,'tandem');
CREATE TABLE audit_payload (
	record BIGINT NOT NULL, 
	salt VARCHAR(32), 
	payload TEXT, 
	CONSTRAINT pk_audit_payload PRIMARY KEY (record), 
	CONSTRAINT fk_audit_payload_record FOREIGN KEY(record) REFERENCES audit_record (number)
);
INSERT INTO "audit_payload" VALUES(1,'011bb9471232220743b1f51ef23c8d5b','{"name":"Ada"}');
INSERT INTO "audit_payload" VALUES(2,'e873d43356b2ae8e8abdce923d26a8ae','{"actions":[],"expectations":[],"name":"manager","purpose":"Answers for purchase orders.","responsibilities":[]}');
INSERT INTO "audit_payload" VALUES(3,'bfd5bc1f275cd5af23828eb356da0fd0','{"actions":[],"expectations":[],"name":"clerk","purpose":"Handles purchase orders.","responsibilities":[]}');
INSERT INTO "audit_payload" VALUES(4,'cfe03361a3bd56b382776951a2fccb23','{"actions":["purchase_order.draft"],"expectations":[],"name":"drafter","purpose":"Drafts.","responsibilities":[]}');
INSERT INTO "audit_payload" VALUES(5,'1779d4e2cf303a08e10f8ebcbfb5e302','{"actions":["purchase_order.check","purchase_order.send"],"expectations":[],"name":"checker","purpose":"Checks.","responsibilities":[]}');
INSERT INTO "audit_payload" VALUES(6,'77123e21219c35d5306a49f3ce3cc6ea','{"active":true,"id":"person-e011897bd6e6","kind":"person","name":"Mia","simulated":false}');
INSERT INTO "audit_payload" VALUES(7,'cdc0024c2185cd5301967b4257729a63','{"role":"manager"}');
INSERT INTO "audit_payload" VALUES(8,'ea72b515c32d01fa7232155898699b9e','{"active":true,"id":"person-f87ebc584b3a","kind":"person","name":"Max","simulated":false}');
INSERT INTO "audit_payload" VALUES(9,'12cf0e0ed5d44199a83744ff74f312bb','{"role":"manager"}');
INSERT INTO "audit_payload" VALUES(10,'85ef44d5b0591bf431ac6fd6d40185d2','{"active":true,"id":"person-04b1d5daff60","kind":"person","name":"Cleo","simulated":false}');
INSERT INTO "audit_payload" VALUES(11,'75645ed7234c773c284f741bd68849d5','{"role":"clerk"}');
INSERT INTO "audit_payload" VALUES(12,'1d7098f4b3ef3fe6d527cf37f8318c32','{"active":true,"id":"person-c468a6396cc0","kind":"person","name":"Carl","simulated":false}');
INSERT INTO "audit_payload" VALUES(13,'d117f9d1a6cfa8913877491084c0642e','{"role":"clerk"}');
INSERT INTO "audit_payload" VALUES(14,'1aed72454c381e76c67116d3a1e0dec9','{"active":true,"autonomy_level":3,"id":"agent-drafter","kind":"agent","name":"Drafter","owner":"person-e011897bd6e6","runtime":"drafter","simulated":false,"sponsor":"person-38ec90cb79ea"}');
INSERT INTO "audit_payload" VALUES(15,'e6663fb705b182bc584e23251036e1de','{"role":"drafter"}');
INSERT INTO "audit_payload" VALUES(16,'0f2700de611c06ed9f706f328ca274c1','{"active":true,"autonomy_level":3,"id":"agent-checker","kind":"agent","name":"Checker","owner":"person-e011897bd6e6","runtime":"checker","simulated":false,"sponsor":"person-38ec90cb79ea"}');
INSERT INTO "audit_payload" VALUES(17,'3f662e1f35b07208297360e0a620aba5','{"role":"checker"}');
INSERT INTO "audit_payload" VALUES(18,'e707f1e639a08a6bb94b03749f1ab197','{"facts":["amount: Long"],"name":"purchase_order.draft","resource_type":"PurchaseOrder"}');
INSERT INTO "audit_payload" VALUES(19,'b32d74e07f6105c2f749c8449f1665aa','{"facts":[],"name":"purchase_order.check","resource_type":"PurchaseOrder"}');
INSERT INTO "audit_payload" VALUES(20,'c7395e7ddbdbeb41f78d38c0d117f372','{"facts":[],"name":"purchase_order.approve","resource_type":"PurchaseOrder"}');
INSERT INTO "audit_payload" VALUES(21,'f14f8ade65b5f226814e54a2317f5752','{"facts":[],"name":"purchase_order.send","resource_type":"PurchaseOrder"}');
INSERT INTO "audit_payload" VALUES(22,'f1bddd53d90dd0e0d86c130de817ae06','{"digest":"79b483f8d91080aacbed1f88b9fe2ebf9503a531fb6ac118451f49f4e88c765a","note":"first"}');
INSERT INTO "audit_payload" VALUES(23,'c05b9b13ed87ef7f1e03c99996e45837','{"version":1,"workflow":"procurement"}');
INSERT INTO "audit_payload" VALUES(24,'7017a68309e5bd3e17ee732778fb1d5b','{"version":1,"workflow":"procurement"}');
INSERT INTO "audit_payload" VALUES(25,'a637839c36ae342cb7fb50581be8408e','{"version":1,"workflow":"procurement"}');
INSERT INTO "audit_payload" VALUES(26,'dc4a33fe7cfbb5c682ec2acd7c81ef9b','{"version":1,"workflow":"procurement"}');
INSERT INTO "audit_payload" VALUES(27,'a098807cf976367f0258f52c486fe521','{"version":1,"workflow":"procurement"}');
INSERT INTO "audit_payload" VALUES(28,'fb50b8d7bfabb5ae482f15553fd048dd','{"version":1,"workflow":"procurement"}');
INSERT INTO "audit_payload" VALUES(29,'a37fa965b181a341daea4680e81b3b60','{"approval":null,"attributes":{"amount":9000,"fields":["amount","supplier"],"task":"Draft order","workflow":"procurement"},"context":{"item":"0.0#1","run":"r6ae1ead9bee1abda"},"payload":{"answer":{},"changes":{"amount":9000,"supplier":"Acme"}}}');
INSERT INTO "audit_payload" VALUES(30,'bc743f4f2f9cbb37602280de9167b588','{"reason":"","role":"manager","status":"pending"}');
INSERT INTO "audit_payload" VALUES(31,'56be2687f5cfa9290019cd53e851a2a5','{"approval":null,"attributes":{"amount":120,"fields":["amount","supplier"],"task":"Draft order","workflow":"procurement"},"context":{"item":"0.0#1","run":"r3a547f7acbebe9f8"},"payload":{"answer":{},"changes":{"amount":120,"supplier":"Acme"}}}');
INSERT INTO "audit_payload" VALUES(32,'497ae195be2155dab3348316e49c018c','{}');
INSERT INTO "audit_payload" VALUES(33,'8517221317e1b2f3e1b9e6f0b4593b04','{"approval":null,"attributes":{"amount":130,"fields":["amount","supplier"],"task":"Draft order","workflow":"procurement"},"context":{"item":"0.0#1","run":"r310792219bfbbd78"},"payload":{"answer":{},"changes":{"amount":130,"supplier":"Acme"}}}');
INSERT INTO "audit_payload" VALUES(34,'d0f7689d5ab9aeb452f11b10297548e0','{}');
INSERT INTO "audit_payload" VALUES(35,'5f755c6bbf5defe1ea1820bd67708c0c','{"approval":null,"attributes":{"amount":9001,"fields":["amount","supplier"],"task":"Draft order","workflow":"procurement"},"context":{"item":"0.0#1","run":"r1849388acad727dc"},"payload":{"answer":{},"changes":{"amount":9001,"supplier":"Acme"}}}');
INSERT INTO "audit_payload" VALUES(36,'a5f776914ca4b7404e1b5d27fb004cba','{"reason":"","role":"manager","status":"pending"}');
INSERT INTO "audit_payload" VALUES(37,'9363f01b429a8b0326650a936b083690','{"approval":null,"attributes":{"amount":150,"fields":["amount","supplier"],"task":"Draft order","workflow":"procurement"},"context":{"item":"0.0#1","run":"r8c28d5bdd4531f85"},"payload":{"answer":{},"changes":{"amount":150,"supplier":"Acme"}}}');
INSERT INTO "audit_payload" VALUES(38,'bae777b9092da56d6c87f749d550f323','{}');
INSERT INTO "audit_payload" VALUES(39,'cdff697d2ad908c276414ed3a0c04721','{"approval":null,"attributes":{"amount":140,"fields":["amount","supplier"],"task":"Draft order","workflow":"procurement"},"context":{"item":"0.0#1","run":"r18f2891460a32111"},"payload":{"answer":{},"changes":{"amount":140,"supplier":"Acme"}}}');
INSERT INTO "audit_payload" VALUES(40,'f4b9d9308f54cbee52bdea03638a6111','{}');
INSERT INTO "audit_payload" VALUES(41,'5dcdbf036a1372dca49096793e806f77','{"approval":null,"attributes":{"drafted_by":"agent-drafter","fields":[],"task":"Check budget","workflow":"procurement"},"context":{"item":"0.1.0#1","run":"r3a547f7acbebe9f8"},"payload":{"answer":{"ok":true},"changes":{}}}');
INSERT INTO "audit_payload" VALUES(42,'168dfe78ffbfd32186d13313dbba88d3','{}');
INSERT INTO "audit_payload" VALUES(43,'c3ab4e16086a215976c86e6c36c15b7f','{"approval":null,"attributes":{"drafted_by":"agent-drafter","fields":[],"task":"Check budget","workflow":"procurement"},"context":{"item":"0.1.0#1","run":"r8c28d5bdd4531f85"},"payload":{"answer":{"ok":true},"changes":{}}}');
INSERT INTO "audit_payload" VALUES(44,'43e3fe4bac6c5e5addc2668de95d3d36','{}');
INSERT INTO "audit_payload" VALUES(45,'271dcc8ea23f015382ad725d14f4f342','{"approval":null,"attributes":{"drafted_by":"agent-drafter","fields":[],"task":"Check supplier","workflow":"procurement"},"context":{"item":"0.1.1#1","run":"r3a547f7acbebe9f8"},"payload":{"answer":{"ok":true},"changes":{}}}');
INSERT INTO "audit_payload" VALUES(46,'72b939214644bf7af3a488db64e8a9f7','{}');
INSERT INTO "audit_payload" VALUES(47,'9275adc75e666cdd46c9e113de48ff98','{"approval":null,"attributes":{"drafted_by":"agent-drafter","fields":[],"task":"Check budget","workflow":"procurement"},"context":{"item":"0.1.0#1","run":"r310792219bfbbd78"},"payload":{"answer":{"ok":true},"changes":{}}}');
INSERT INTO "audit_payload" VALUES(48,'e615b8b921a272e852ba397160f35526','{}');
INSERT INTO "audit_payload" VALUES(49,'d325da60aed81f6a6a5399ebcff251a3','{"approval":null,"attributes":{"drafted_by":"agent-drafter","fields":[],"task":"Check supplier","workflow":"procurement"},"context":{"item":"0.1.1#1","run":"r310792219bfbbd78"},"payload":{"answer":{"ok":true},"changes":{}}}');
INSERT INTO "audit_payload" VALUES(50,'dc9c5f0eb0ceb77abde68f9ed4779a4c','{}');
INSERT INTO "audit_payload" VALUES(51,'e5233f8933833b70dcd16ddb8ecdd57a','{"approval":null,"attributes":{"drafted_by":"agent-drafter","fields":[],"task":"Check budget","workflow":"procurement"},"context":{"item":"0.1.0#1","run":"r18f2891460a32111"},"payload":{"answer":{"ok":true},"changes":{}}}');
INSERT INTO "audit_payload" VALUES(52,'29986140568ec635f690823532ac511e','{}');
INSERT INTO "audit_payload" VALUES(53,'832ca07b966a056ee4387f3d4fb414a5','{"approval":null,"attributes":{"drafted_by":"agent-drafter","fields":[],"task":"Check supplier","workflow":"procurement"},"context":{"item":"0.1.1#1","run":"r18f2891460a32111"},"payload":{"answer":{"ok":true},"changes":{}}}');
INSERT INTO "audit_payload" VALUES(54,'a8e1bc0676659c4137fa79f3d8a95805','{}');
INSERT INTO "audit_payload" VALUES(55,'420fdce0391e2459e01ef17859e33324','{"approval":null,"attributes":{"drafted_by":"agent-drafter","fields":[],"task":"Check supplier","workflow":"procurement"},"context":{"item":"0.1.1#1","run":"r8c28d5bdd4531f85"},"payload":{"answer":{"ok":true},"changes":{}}}');
INSERT INTO "audit_payload" VALUES(56,'53eaaad107619abc252393723158ae35','{}');
INSERT INTO "audit_payload" VALUES(57,'d3e07a53f09272b31b9a64848743a18b','{"reason":"holidays"}');
INSERT INTO "audit_payload" VALUES(58,'3debf46666973e7d4d05c39eb1c6ddb8','{"approval":null,"attributes":{"drafted_by":"agent-drafter","fields":[],"task":"Approve order","workflow":"procurement"},"context":{"item":"0.2#1","run":"r8c28d5bdd4531f85"},"payload":{"answer":{},"changes":{}}}');
INSERT INTO "audit_payload" VALUES(59,'37185974ca9c0d99694a80c18a142565','{}');
INSERT INTO "audit_payload" VALUES(60,'a9ea66efc57f713cd590227cb1190ea1','{"approval":null,"attributes":{"drafted_by":"agent-drafter","fields":[],"task":"Send order","workflow":"procurement"},"context":{"item":"0.3#1","run":"r8c28d5bdd4531f85"},"payload":{"answer":{"ok":true},"changes":{}}}');
INSERT INTO "audit_payload" VALUES(61,'542f99274fac146a63630cf48fcb95b5','{}');
INSERT INTO "audit_payload" VALUES(62,'483db13d1768dc8cf37aa14790494bf2','{"version":1,"workflow":"procurement"}');
INSERT INTO "audit_payload" VALUES(63,'d869b998cc199bd0cff4b8a27166d4e8','{"reason":"fine","role":"manager","status":"granted"}');
CREATE TABLE audit_record (
	number BIGINT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	principal VARCHAR(100) NOT NULL, 
	on_behalf_of VARCHAR(100), 
	action VARCHAR(100) NOT NULL, 
	resource_type VARCHAR(100) NOT NULL, 
	resource_id VARCHAR(200) NOT NULL, 
	effect VARCHAR(20), 
	policies TEXT NOT NULL, 
	reasons TEXT NOT NULL, 
	policy_set INTEGER, 
	digest VARCHAR(64), 
	"key" VARCHAR(200), 
	about BIGINT, 
	outcome VARCHAR(10), 
	commitment VARCHAR(64) NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit_record PRIMARY KEY (number)
);
INSERT INTO "audit_record" VALUES(1,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'person.first','Principal','person-38ec90cb79ea',NULL,'[]','["There was no person yet, and the settings name this one."]',NULL,NULL,NULL,NULL,NULL,'1231a794dba9fff9af5b91c1297029f3ffd648284fb5f9445cea168bcf5046fd','0000000000000000000000000000000000000000000000000000000000000000','044cee968a63ea98e3146d674f66920e2a499c0f599e35e7b777483b59da94af');
INSERT INTO "audit_record" VALUES(2,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'role.add','Role','manager','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'30c696d5aab1324a14c485e881b476affa5a55cb601ffdf794d8a9228dde088e','044cee968a63ea98e3146d674f66920e2a499c0f599e35e7b777483b59da94af','29151d3733138c1e5408305a85a4451f16c59b2437be77ef9113f3f681c92d2a');
INSERT INTO "audit_record" VALUES(3,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'role.add','Role','clerk','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'ac080d0932761196248017e32c4824aa6ed0df4902b48c11eeba77fe81c7ae97','29151d3733138c1e5408305a85a4451f16c59b2437be77ef9113f3f681c92d2a','10df1c40ec322e30e042090aa8b58e721be78678a4d74a314779c3b8bb5bbcd5');
INSERT INTO "audit_record" VALUES(4,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'role.add','Role','drafter','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'04904961b22bf30029feb33f2c5f18e3494ba3700671b7998f4e36bca163950a','10df1c40ec322e30e042090aa8b58e721be78678a4d74a314779c3b8bb5bbcd5','dc385d6eec6f36cbba8e8571732bc1c3927850f975c5cdcf6d1d241cabb596d9');
INSERT INTO "audit_record" VALUES(5,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'role.add','Role','checker','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'4803f4d9dab73405fbb5e42e91352421a39023240fe0f7fba31bc1c722bb6760','dc385d6eec6f36cbba8e8571732bc1c3927850f975c5cdcf6d1d241cabb596d9','88c63d8692ca01936f92f29325d8470ad2ed12f298c86e3761c3df576d3297ba');
INSERT INTO "audit_record" VALUES(6,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'person.add','Principal','person-e011897bd6e6','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'5cd582f78d646288ea6d576abf170a259f6d84660ca97c1889476fa2bb2c1266','88c63d8692ca01936f92f29325d8470ad2ed12f298c86e3761c3df576d3297ba','2a665abfa72909aac94b62666f1cf8e211443461a5f19ec52510210cb222d7e6');
INSERT INTO "audit_record" VALUES(7,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'role.assign','Principal','person-e011897bd6e6','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'1ce843af08cbfb8db5f1255553af9b2a3838ec46811a984041fb8601574b0c01','2a665abfa72909aac94b62666f1cf8e211443461a5f19ec52510210cb222d7e6','dbab3ce910f149db81fd49fe9da1b2fa04ab4ec61d9c432282396c0ec555d9f5');
INSERT INTO "audit_record" VALUES(8,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'person.add','Principal','person-f87ebc584b3a','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'e3d0eab4c511ce663982efd147c0983500869f3f13ccc3d2d9a3cf4a0712cdbe','dbab3ce910f149db81fd49fe9da1b2fa04ab4ec61d9c432282396c0ec555d9f5','a8c21111c7f8749f8817a31e21c4c7356a231d9899a8bd8db3e210a3b8eaac21');
INSERT INTO "audit_record" VALUES(9,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'role.assign','Principal','person-f87ebc584b3a','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'10a9ebed7782b747e74a3bc49993e0d28487afc59c281b07b32adbc43d4bd1c3','a8c21111c7f8749f8817a31e21c4c7356a231d9899a8bd8db3e210a3b8eaac21','0adba161505eb41a34b0f60184deac9b1bb440795fc131bf8686b51d40b527dc');
INSERT INTO "audit_record" VALUES(10,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'person.add','Principal','person-04b1d5daff60','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'a6f4779cebb5febcce3dc6a134c37af26a4b5a64404d02be57622f34d91e75f9','0adba161505eb41a34b0f60184deac9b1bb440795fc131bf8686b51d40b527dc','cc58e3b4dc6fcb90e60050538ff30b47fdfcf4ee48403111e556a51ffe44be6c');
INSERT INTO "audit_record" VALUES(11,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'role.assign','Principal','person-04b1d5daff60','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'65034aff79ef17f6af39ab58360bf51f5f8a745fd336e415eb5e8f9fa364ad79','cc58e3b4dc6fcb90e60050538ff30b47fdfcf4ee48403111e556a51ffe44be6c','8a3d89541c3c62a931582950381b40f1b1119d47d335be546aaa6772fcf1955f');
INSERT INTO "audit_record" VALUES(12,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'person.add','Principal','person-c468a6396cc0','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'f06593f940619b804acb0b384643b543878bac2c080332ef508ee835c2916509','8a3d89541c3c62a931582950381b40f1b1119d47d335be546aaa6772fcf1955f','ff3d12cd07cc16e2911d4ee8fb7ecd44c473f33d726e6ce36bcdac8e85a0fdf6');
INSERT INTO "audit_record" VALUES(13,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'role.assign','Principal','person-c468a6396cc0','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'d8db524f3ab12871ce74329543f31b69ec7ab423dee54f28d9c53075071589d1','ff3d12cd07cc16e2911d4ee8fb7ecd44c473f33d726e6ce36bcdac8e85a0fdf6','b7b606b7bbd78777bfba5fe6bf3e2dc27969861290a8a3d176af47a7589aec9a');
INSERT INTO "audit_record" VALUES(14,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'agent.add','Principal','agent-drafter','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'bc3e03c65638dd0cdda552bde95250d44647e1e9bedf9d8b46423a2d0c7c6ed1','b7b606b7bbd78777bfba5fe6bf3e2dc27969861290a8a3d176af47a7589aec9a','eeb0a7587cdc45864998bf92b9c713fc909612ecde4916a90211f292288585a3');
INSERT INTO "audit_record" VALUES(15,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'role.assign','Principal','agent-drafter','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'3fb85baa81dcf8b667a9f65101386b7ad536dad1812bf9fcfa6e06b9e0aceec7','eeb0a7587cdc45864998bf92b9c713fc909612ecde4916a90211f292288585a3','3cb8218fe9e339aacef60bf706392fd9c839d9974dd68106fe1abe9ee2c0b695');
INSERT INTO "audit_record" VALUES(16,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'agent.add','Principal','agent-checker','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'afc436d5909c9955f27492bc9282140a2db59fbd6ffae23e8384e8b905e6d775','3cb8218fe9e339aacef60bf706392fd9c839d9974dd68106fe1abe9ee2c0b695','c77d58842ee10aaadccb5f92c0aa41f225804aa21dae1209a8944473f00c9eb7');
INSERT INTO "audit_record" VALUES(17,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'role.assign','Principal','agent-checker','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'d8034f439802a03a9bc626fdf04b5aa1c62b717d6ce725062bc082a9d9537f05','c77d58842ee10aaadccb5f92c0aa41f225804aa21dae1209a8944473f00c9eb7','90a15d79bedfa6542976e9c1aef9b7ed9f743803ea4afd0e39b30b5ec730e047');
INSERT INTO "audit_record" VALUES(18,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'action.declare','Action','purchase_order.draft','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'15e15c9f38779d842bc4a0ba8b1ac02eb6cccc0dc2053589f9eaecee8d47bb3a','90a15d79bedfa6542976e9c1aef9b7ed9f743803ea4afd0e39b30b5ec730e047','f14270b0f25c8f37e239acd13962ab71fc698e9d775e21ff8365a7184299cf0d');
INSERT INTO "audit_record" VALUES(19,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'action.declare','Action','purchase_order.check','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'bc51268266e0e656b5fe2614602f9fb469c0735c966fb27442cdb217da401722','f14270b0f25c8f37e239acd13962ab71fc698e9d775e21ff8365a7184299cf0d','2b1ada30fc7da71c312abd2605abbddd8488a4721d34abecd6502c44189fb64a');
INSERT INTO "audit_record" VALUES(20,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'action.declare','Action','purchase_order.approve','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'a14a9d7caebad85c8b374cbc7205ccb460cdcb5edfb98994c61af76f1073e0f4','2b1ada30fc7da71c312abd2605abbddd8488a4721d34abecd6502c44189fb64a','f41e0d62832fc6b8e4d1b052eadd89fb1527db9db541a96e8df4d63550da86d4');
INSERT INTO "audit_record" VALUES(21,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'action.declare','Action','purchase_order.send','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'ea4b7786e4d4c3db088746de4b1962bbca9625c6366eb0a5052ee24080aafeea','f41e0d62832fc6b8e4d1b052eadd89fb1527db9db541a96e8df4d63550da86d4','be6aaa4c8a2d404a59b7a8a055d4ee41f23411280b05faed4ec66086d62de8b9');
INSERT INTO "audit_record" VALUES(22,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'policy.activate','PolicySet','1','allow','["tandem.administrators_change"]','["Administrators change principals, roles and policies."]',NULL,NULL,NULL,NULL,NULL,'ed4c02f521fc7a73ef8ec29bf7ec4fe5b2226ed91768dc2dff2dee25fd581d1d','be6aaa4c8a2d404a59b7a8a055d4ee41f23411280b05faed4ec66086d62de8b9','75cee92cf9f2e729cc15e474dc3a4ac9e8f2ba7aa438a52bb0d5b85c293260f5');
INSERT INTO "audit_record" VALUES(23,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'run.start','Run','r6ae1ead9bee1abda',NULL,'[]','[]',NULL,NULL,NULL,NULL,NULL,'5892af2ad861dd3d85272d1515327f82f89328d4cc2f8dc87764eeec0be3042e','75cee92cf9f2e729cc15e474dc3a4ac9e8f2ba7aa438a52bb0d5b85c293260f5','aa24e9b815c90ace81063f304ffa07aa898b3958202f381f4508b8c7ee837c4c');
INSERT INTO "audit_record" VALUES(24,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'run.start','Run','r1849388acad727dc',NULL,'[]','[]',NULL,NULL,NULL,NULL,NULL,'bbff337cd08765a8920b266ec497e9da87e56b4e4eac50c540d21fed73ebfa25','aa24e9b815c90ace81063f304ffa07aa898b3958202f381f4508b8c7ee837c4c','8ad888e4ff8790aad06186baacdc6600c4fa2a599e62102b06b3bda49a833da3');
INSERT INTO "audit_record" VALUES(25,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'run.start','Run','r3a547f7acbebe9f8',NULL,'[]','[]',NULL,NULL,NULL,NULL,NULL,'5ae204a08dc76d88367a3109fa587ec57a200bd353f503c677336c6bc6ea16f2','8ad888e4ff8790aad06186baacdc6600c4fa2a599e62102b06b3bda49a833da3','6a5069dcd9ab30e1c16e5acdc9d71b63f867143d03a2dc662bc51fe3bda30509');
INSERT INTO "audit_record" VALUES(26,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'run.start','Run','r310792219bfbbd78',NULL,'[]','[]',NULL,NULL,NULL,NULL,NULL,'00cb58e5485cd74d9c039bfd652ce39c517f3b92e2d793074abe8607c70caa5f','6a5069dcd9ab30e1c16e5acdc9d71b63f867143d03a2dc662bc51fe3bda30509','734a511eadf67c8ceae250c0cb203266e7ca7049f5e91734a911f7c4f3ca2ab8');
INSERT INTO "audit_record" VALUES(27,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'run.start','Run','r18f2891460a32111',NULL,'[]','[]',NULL,NULL,NULL,NULL,NULL,'f5835f8af9b5daaadcae46e0138410b644d4f05ae467bf2d74cfa8f81b922800','734a511eadf67c8ceae250c0cb203266e7ca7049f5e91734a911f7c4f3ca2ab8','3434ec920ef81887258a6f029bd6bf677309b10f3c149c179ee659e9db275f92');
INSERT INTO "audit_record" VALUES(28,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'run.start','Run','r8c28d5bdd4531f85',NULL,'[]','[]',NULL,NULL,NULL,NULL,NULL,'6f9c3d658b4e6e6780124bc728a1ca07401f9c599bb8d22b38ec0d367e1c9f8a','3434ec920ef81887258a6f029bd6bf677309b10f3c149c179ee659e9db275f92','bad7fd2bbcf7ea101a51abf844c30689ee92d633ea2a39272e79afa88e6eea7e');
INSERT INTO "audit_record" VALUES(29,'2026-11-16T09:00:00.000000+00:00','attempt','agent-drafter',NULL,'purchase_order.draft','PurchaseOrder','r6ae1ead9bee1abda','needs approval','["limit"]','["Above 5,000 a purchase order of an agent needs approval."]',1,'facc506fb9609f14ade6a9e39bb819028ea6f180cefdee39737facf8efb878c8','r6ae1ead9bee1abda/0.0#1/1',NULL,NULL,'c662721ceeab0f619d8d04e2c0087221de3a1bf75d29cfe530af76c90d4c246f','bad7fd2bbcf7ea101a51abf844c30689ee92d633ea2a39272e79afa88e6eea7e','e54a5376babe68f65e32d45ea837bc60b10a48910cf0f12f76011374cd95d87f');
INSERT INTO "audit_record" VALUES(30,'2026-11-16T09:00:00.000000+00:00','approval','agent-drafter',NULL,'approval.request','Approval','approval-36339112f34a4096',NULL,'["limit"]','["Above 5,000 a purchase order of an agent needs approval."]',1,'facc506fb9609f14ade6a9e39bb819028ea6f180cefdee39737facf8efb878c8',NULL,NULL,NULL,'20b0dcc6e70719917b5a3f723987ebea5a2f0366d4796a88768fd8b0657c8069','e54a5376babe68f65e32d45ea837bc60b10a48910cf0f12f76011374cd95d87f','a0dce39bc7241f9587ea87f5bc7f027b47a536080ec2c10be9093f75bef274a7');
INSERT INTO "audit_record" VALUES(31,'2026-11-16T09:00:00.000000+00:00','attempt','agent-drafter',NULL,'purchase_order.draft','PurchaseOrder','r3a547f7acbebe9f8','allow','["draft"]','["Drafters draft purchase orders."]',1,'9ae3078e97aa4f05d29ce0ab44908c8ae9d9ab5d4c53e6f3399f640304feff02','r3a547f7acbebe9f8/0.0#1/1',NULL,NULL,'1a0953de39b4d9719364a4b3ef6eb7a22b1846571fe25d9ca68681ecc55a39bf','a0dce39bc7241f9587ea87f5bc7f027b47a536080ec2c10be9093f75bef274a7','5788876cc157251fa3b230ac99a21fe3ff7cfecfb648ade500914d291dea5e36');
INSERT INTO "audit_record" VALUES(32,'2026-11-16T09:00:00.000000+00:00','outcome','agent-drafter',NULL,'purchase_order.draft','PurchaseOrder','r3a547f7acbebe9f8',NULL,'[]','[]',NULL,'9ae3078e97aa4f05d29ce0ab44908c8ae9d9ab5d4c53e6f3399f640304feff02','r3a547f7acbebe9f8/0.0#1/1',31,'done','93ecc5c09c31970f0afbdf44f0a8affee1b4e344a8c21f7e46d0885a6d7980a0','5788876cc157251fa3b230ac99a21fe3ff7cfecfb648ade500914d291dea5e36','c5cb89136fcd6a39ade9adda2f2a5f5292912c92c55e8131f4f54985c99bccbc');
INSERT INTO "audit_record" VALUES(33,'2026-11-16T09:00:00.000000+00:00','attempt','agent-drafter',NULL,'purchase_order.draft','PurchaseOrder','r310792219bfbbd78','allow','["draft"]','["Drafters draft purchase orders."]',1,'b0eb12b4f475268a77c6e6a8b2fbdd8de0e8d63d0341b9a2a2eb47e9d5600622','r310792219bfbbd78/0.0#1/1',NULL,NULL,'cc68580b8063d0425bcbce94656d035535aada89f7690d68fa28d0a3ab6de6f5','c5cb89136fcd6a39ade9adda2f2a5f5292912c92c55e8131f4f54985c99bccbc','5781d79863867ce720a365f2d6df540ec39bc1e2aa7f1e05131036a4e31c18c8');
INSERT INTO "audit_record" VALUES(34,'2026-11-16T09:00:00.000000+00:00','outcome','agent-drafter',NULL,'purchase_order.draft','PurchaseOrder','r310792219bfbbd78',NULL,'[]','[]',NULL,'b0eb12b4f475268a77c6e6a8b2fbdd8de0e8d63d0341b9a2a2eb47e9d5600622','r310792219bfbbd78/0.0#1/1',33,'done','6bfa172157f9d1e28437d7a81f3917f3cd0d093f747e9345bbf8e4fbccd91bb7','5781d79863867ce720a365f2d6df540ec39bc1e2aa7f1e05131036a4e31c18c8','317a5def9c86c8beb3d488587b6bdf1d87e1f8b1f3e935ebead900802def258e');
INSERT INTO "audit_record" VALUES(35,'2026-11-16T09:00:00.000000+00:00','attempt','agent-drafter',NULL,'purchase_order.draft','PurchaseOrder','r1849388acad727dc','needs approval','["limit"]','["Above 5,000 a purchase order of an agent needs approval."]',1,'ae569f1c85c031ce2a0db56dc222e4e161fdf605917a7d25e381f773fa629372','r1849388acad727dc/0.0#1/1',NULL,NULL,'4809de013322282205bd4ea5bff064ac94805fb6291f4447416d6f17e2a4e604','317a5def9c86c8beb3d488587b6bdf1d87e1f8b1f3e935ebead900802def258e','59870803988b8237272f4ce81a85ac4b115bf24fd02bd8cca248623edc5c9162');
INSERT INTO "audit_record" VALUES(36,'2026-11-16T09:00:00.000000+00:00','approval','agent-drafter',NULL,'approval.request','Approval','approval-35f504dfaf00cf85',NULL,'["limit"]','["Above 5,000 a purchase order of an agent needs approval."]',1,'ae569f1c85c031ce2a0db56dc222e4e161fdf605917a7d25e381f773fa629372',NULL,NULL,NULL,'186d1f7495bc15c77f3dca30c0c168189c9c60645cc87b329d9e4e01b3af9493','59870803988b8237272f4ce81a85ac4b115bf24fd02bd8cca248623edc5c9162','cd9a86cec546619dcab3f6a9524a580a4702a4d504a1d6ddd8c9b3077787500a');
INSERT INTO "audit_record" VALUES(37,'2026-11-16T09:00:00.000000+00:00','attempt','agent-drafter',NULL,'purchase_order.draft','PurchaseOrder','r8c28d5bdd4531f85','allow','["draft"]','["Drafters draft purchase orders."]',1,'c1d3a5dd81b43c0dba7874cd24f358344b43ee29ef7c9c8530319b4aef47eb11','r8c28d5bdd4531f85/0.0#1/1',NULL,NULL,'fe9fb476db478f44a2d0bfc66c3bd29c9ed48e39b461d0ede5ad99cf0dbdcc84','cd9a86cec546619dcab3f6a9524a580a4702a4d504a1d6ddd8c9b3077787500a','5a1a5dcc9c70b7931d9f7f49fca278e10b743f72115835d03db09e7119eeaa1c');
INSERT INTO "audit_record" VALUES(38,'2026-11-16T09:00:00.000000+00:00','outcome','agent-drafter',NULL,'purchase_order.draft','PurchaseOrder','r8c28d5bdd4531f85',NULL,'[]','[]',NULL,'c1d3a5dd81b43c0dba7874cd24f358344b43ee29ef7c9c8530319b4aef47eb11','r8c28d5bdd4531f85/0.0#1/1',37,'done','ec2197be4fb5ed026d887ef8248cfb6f40f591140d41e3c667e9f6abda4a73ff','5a1a5dcc9c70b7931d9f7f49fca278e10b743f72115835d03db09e7119eeaa1c','e5d4b06526fb276216fdd469496f6a03dd0dce36521108858b4a0037770f3c16');
INSERT INTO "audit_record" VALUES(39,'2026-11-16T09:00:00.000000+00:00','attempt','agent-drafter',NULL,'purchase_order.draft','PurchaseOrder','r18f2891460a32111','allow','["draft"]','["Drafters draft purchase orders."]',1,'aa4f6cc48272f0320750d32521a4d32a60e8f2b44d08dfd1837560be3c2d4e14','r18f2891460a32111/0.0#1/1',NULL,NULL,'68bf86f7fc98360c94257889c0cf46006d76e815832fc52ae8cf7cfc4fed0624','e5d4b06526fb276216fdd469496f6a03dd0dce36521108858b4a0037770f3c16','34b14f8493046fb6425020e90253d051b5d0e64cc8597a3b6f119a261f8e0388');
INSERT INTO "audit_record" VALUES(40,'2026-11-16T09:00:00.000000+00:00','outcome','agent-drafter',NULL,'purchase_order.draft','PurchaseOrder','r18f2891460a32111',NULL,'[]','[]',NULL,'aa4f6cc48272f0320750d32521a4d32a60e8f2b44d08dfd1837560be3c2d4e14','r18f2891460a32111/0.0#1/1',39,'done','2d176aa15c9e8b4b8a04d75222629851e265262d6dd7c4ea2247cfd64afac403','34b14f8493046fb6425020e90253d051b5d0e64cc8597a3b6f119a261f8e0388','6f621b00996b77fea7fd3522dacbbab5bc8d31f07bbd1bea9f29cf09d1285d2e');
INSERT INTO "audit_record" VALUES(41,'2026-11-16T09:00:00.000000+00:00','attempt','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r3a547f7acbebe9f8','allow','["check"]','["Checkers check purchase orders."]',1,'d8d729ccf1a38f038b72b3d11248100c98d2e52cb70ed219b3ca172024bcd3d3','r3a547f7acbebe9f8/0.1.0#1/1',NULL,NULL,'10378c413ad7dd8f1a4a771536867f733a556449c676b127f64199b3bc3500d8','6f621b00996b77fea7fd3522dacbbab5bc8d31f07bbd1bea9f29cf09d1285d2e','7fd815d426366ec38b0e70bc1dfe506c261f9936cd664dd0438cfa590e78675f');
INSERT INTO "audit_record" VALUES(42,'2026-11-16T09:00:00.000000+00:00','outcome','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r3a547f7acbebe9f8',NULL,'[]','[]',NULL,'d8d729ccf1a38f038b72b3d11248100c98d2e52cb70ed219b3ca172024bcd3d3','r3a547f7acbebe9f8/0.1.0#1/1',41,'done','47033cd07b5f007e662677aaa1ea8710d66fccf3103f4c8c2be000e37e6f4203','7fd815d426366ec38b0e70bc1dfe506c261f9936cd664dd0438cfa590e78675f','7252497dcbd792d20c6ae12935e63f7f3a109a2e02f504680938fa3af6bcde2e');
INSERT INTO "audit_record" VALUES(43,'2026-11-16T09:00:00.000000+00:00','attempt','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r8c28d5bdd4531f85','allow','["check"]','["Checkers check purchase orders."]',1,'58b3c6cca694439177f1f0844a0f7a3e3fcc4e36da1f7aad0011aab551405b97','r8c28d5bdd4531f85/0.1.0#1/1',NULL,NULL,'fbc4d061aa15a150482b53a4d79eaa686c82751829089e49fdd6ef0c0482d55c','7252497dcbd792d20c6ae12935e63f7f3a109a2e02f504680938fa3af6bcde2e','24c19c9aab975fcec005bc6017d7451906b5cb72c08ce97f17112feb5a90ecba');
INSERT INTO "audit_record" VALUES(44,'2026-11-16T09:00:00.000000+00:00','outcome','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r8c28d5bdd4531f85',NULL,'[]','[]',NULL,'58b3c6cca694439177f1f0844a0f7a3e3fcc4e36da1f7aad0011aab551405b97','r8c28d5bdd4531f85/0.1.0#1/1',43,'done','4a12fd75df3e1e7fef9fc0fd3638a1fed174b62375d3d5dfbd099ad14f3f26b5','24c19c9aab975fcec005bc6017d7451906b5cb72c08ce97f17112feb5a90ecba','944bc9402cbc192171ebee4ca0491e07f030322eed75e61d8bf4df8dcdea4d9e');
INSERT INTO "audit_record" VALUES(45,'2026-11-16T09:00:00.000000+00:00','attempt','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r3a547f7acbebe9f8','allow','["check"]','["Checkers check purchase orders."]',1,'379344fd3310e73adaec30f83b7bdc3e7c38b8c2d711b539707335bc47ca7f78','r3a547f7acbebe9f8/0.1.1#1/1',NULL,NULL,'6489b73950d5aac8414637d4bd42ce4bbf5c31fd46309fa8f1eb02d59b891d76','944bc9402cbc192171ebee4ca0491e07f030322eed75e61d8bf4df8dcdea4d9e','bcc2119b7336f864fd634d592dbfb60a4655ebb5a3109c594317fa9d2805062f');
INSERT INTO "audit_record" VALUES(46,'2026-11-16T09:00:00.000000+00:00','outcome','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r3a547f7acbebe9f8',NULL,'[]','[]',NULL,'379344fd3310e73adaec30f83b7bdc3e7c38b8c2d711b539707335bc47ca7f78','r3a547f7acbebe9f8/0.1.1#1/1',45,'done','13e8f16482b32a9c75f44def1f67317f83dce5a9dbfd940445a01d324ed7db44','bcc2119b7336f864fd634d592dbfb60a4655ebb5a3109c594317fa9d2805062f','292659e8ef9e3c9c6858e321f4775ed0cb25a3a262e5454ea6a64bff69c67d83');
INSERT INTO "audit_record" VALUES(47,'2026-11-16T09:00:00.000000+00:00','attempt','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r310792219bfbbd78','allow','["check"]','["Checkers check purchase orders."]',1,'64db1c2e85edbea155ce79df43d8475a6d0934c16539070538dbe64c9b68abca','r310792219bfbbd78/0.1.0#1/1',NULL,NULL,'1854ca4448480d45f01a15f6209d3751871bed0796cbdf847a1db6f4c99207bf','292659e8ef9e3c9c6858e321f4775ed0cb25a3a262e5454ea6a64bff69c67d83','11d37d7a26b7127806f1417a07741f32c5f643be70d7dcac6da2df505f187f98');
INSERT INTO "audit_record" VALUES(48,'2026-11-16T09:00:00.000000+00:00','outcome','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r310792219bfbbd78',NULL,'[]','[]',NULL,'64db1c2e85edbea155ce79df43d8475a6d0934c16539070538dbe64c9b68abca','r310792219bfbbd78/0.1.0#1/1',47,'done','f2de2a6acaf30e7760c8ab8c2d0139ccc25252c55316cd77b655e0c42772a53a','11d37d7a26b7127806f1417a07741f32c5f643be70d7dcac6da2df505f187f98','f9e97f5ff5c61afd16950b267d68e28472991c7add4ba0dbb4ca635519f69409');
INSERT INTO "audit_record" VALUES(49,'2026-11-16T09:00:00.000000+00:00','attempt','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r310792219bfbbd78','allow','["check"]','["Checkers check purchase orders."]',1,'aff6abd9968bdef51f4bc545f8d13b08c9708f4b1f63fc25d998ab002ea39e54','r310792219bfbbd78/0.1.1#1/1',NULL,NULL,'9595b42f37e4e05dc455083298e59d26a0ebf248298cd5c2cc4fb335c98b2811','f9e97f5ff5c61afd16950b267d68e28472991c7add4ba0dbb4ca635519f69409','ab35b4125e2ca405fc5789981f1868f9b9f8648a3bb6afee2c3534258f72e9b3');
INSERT INTO "audit_record" VALUES(50,'2026-11-16T09:00:00.000000+00:00','outcome','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r310792219bfbbd78',NULL,'[]','[]',NULL,'aff6abd9968bdef51f4bc545f8d13b08c9708f4b1f63fc25d998ab002ea39e54','r310792219bfbbd78/0.1.1#1/1',49,'done','962e9ad84bfbaa2324080b113cc66d4f7b789e1cd341a268c74ebbb67adebe98','ab35b4125e2ca405fc5789981f1868f9b9f8648a3bb6afee2c3534258f72e9b3','3a05e1f59bf02ebd97421f2337e0c0e52e547d5e51b295c0cf5fb6ce85f2c520');
INSERT INTO "audit_record" VALUES(51,'2026-11-16T09:00:00.000000+00:00','attempt','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r18f2891460a32111','allow','["check"]','["Checkers check purchase orders."]',1,'02a8ffe9c4f57156241f2be680ae4c1a40b1be9170c4ca55df2c1b25dc4116ec','r18f2891460a32111/0.1.0#1/1',NULL,NULL,'03ce894379352f2eb872dbbb7e323fd26c19c19d2aac674e687ae8c76c18304f','3a05e1f59bf02ebd97421f2337e0c0e52e547d5e51b295c0cf5fb6ce85f2c520','900d6ebe4adf349509baa9aece736120604ad8e5f05091d71808480f8ffea943');
INSERT INTO "audit_record" VALUES(52,'2026-11-16T09:00:00.000000+00:00','outcome','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r18f2891460a32111',NULL,'[]','[]',NULL,'02a8ffe9c4f57156241f2be680ae4c1a40b1be9170c4ca55df2c1b25dc4116ec','r18f2891460a32111/0.1.0#1/1',51,'done','935d418f39398297342357902b23b833a7c9845e73c7ccb27e2e79d1bac96e4e','900d6ebe4adf349509baa9aece736120604ad8e5f05091d71808480f8ffea943','ed9587957324c86e8dc05f296d7aea356b28d0b5c02203b75988fbaba256fca4');
INSERT INTO "audit_record" VALUES(53,'2026-11-16T09:00:00.000000+00:00','attempt','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r18f2891460a32111','allow','["check"]','["Checkers check purchase orders."]',1,'696b033f9d284a3b30518695084783e18b3cec21b3b8c7c6f63fd9b16b311c80','r18f2891460a32111/0.1.1#1/1',NULL,NULL,'6f6d2e7b0c57a3f390293bbe4725c58673bbc1d0e18b29df8baf72267a54b014','ed9587957324c86e8dc05f296d7aea356b28d0b5c02203b75988fbaba256fca4','4786f6314d6c3b19aa098f7c2d5150c13bfa30963826cc302d101a570661d715');
INSERT INTO "audit_record" VALUES(54,'2026-11-16T09:00:00.000000+00:00','outcome','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r18f2891460a32111',NULL,'[]','[]',NULL,'696b033f9d284a3b30518695084783e18b3cec21b3b8c7c6f63fd9b16b311c80','r18f2891460a32111/0.1.1#1/1',53,'done','0a2cad2225bf3279821eefcf91fee377a30c23a0fce2e0637dadc055ddaf53e5','4786f6314d6c3b19aa098f7c2d5150c13bfa30963826cc302d101a570661d715','2a155d09abefe65aa64b6ebe6d13dfddc7a9454f5e02184b1e7d344bb9263ac8');
INSERT INTO "audit_record" VALUES(55,'2026-11-16T09:00:00.000000+00:00','attempt','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r8c28d5bdd4531f85','allow','["check"]','["Checkers check purchase orders."]',1,'af9a543745eec672c817e75c8ec093e1fbb542e9107720a1ad52d3c968bcc25a','r8c28d5bdd4531f85/0.1.1#1/1',NULL,NULL,'6232d697d8a165b4e77439aacd265ecef80a997e6424ef1f3d9ded490e41e443','2a155d09abefe65aa64b6ebe6d13dfddc7a9454f5e02184b1e7d344bb9263ac8','741351dd48b2c0ef080fd60f5af9e74ba1007cd556e7d5072aace69872c9499d');
INSERT INTO "audit_record" VALUES(56,'2026-11-16T09:00:00.000000+00:00','outcome','agent-checker',NULL,'purchase_order.check','PurchaseOrder','r8c28d5bdd4531f85',NULL,'[]','[]',NULL,'af9a543745eec672c817e75c8ec093e1fbb542e9107720a1ad52d3c968bcc25a','r8c28d5bdd4531f85/0.1.1#1/1',55,'done','51177d7a74475af9d21e480ff2cd1dc50b38a929c7d7b14389ca7118aaeb65b5','741351dd48b2c0ef080fd60f5af9e74ba1007cd556e7d5072aace69872c9499d','05b30dca1dc233e85fe969547884f0381505928cce07040b7e453fac9d6bf2dd');
INSERT INTO "audit_record" VALUES(57,'2026-11-16T09:00:00.000000+00:00','change','person-e011897bd6e6',NULL,'run.pause','Run','r18f2891460a32111',NULL,'[]','[]',NULL,NULL,NULL,NULL,NULL,'980422f58937720a01188349e46b862ebd48fc720e5b0a8bf4330f1a7a67f7e9','05b30dca1dc233e85fe969547884f0381505928cce07040b7e453fac9d6bf2dd','52f8ebc3bd6421a32650bee6118fc995dc68cd37d3973e3add41a70093e18a1c');
INSERT INTO "audit_record" VALUES(58,'2026-11-16T09:00:00.000000+00:00','attempt','person-c468a6396cc0',NULL,'purchase_order.approve','PurchaseOrder','r8c28d5bdd4531f85','allow','["small"]','["Clerks approve purchase orders without changing them."]',1,'c7b8b49469c0ec0195ab48aa491fb0aefb0c3d0d2036c704ca811251abdf2064','r8c28d5bdd4531f85/0.2#1/1/1',NULL,NULL,'184a603c9a299f97a046cdcd3419a303e033aa658fc0f1bcf205f32e309bb750','52f8ebc3bd6421a32650bee6118fc995dc68cd37d3973e3add41a70093e18a1c','9c61a34a32313a301a409c9d8fd5d0e28e8f828a0daa77c33110805d3c39c66c');
INSERT INTO "audit_record" VALUES(59,'2026-11-16T09:00:00.000000+00:00','outcome','person-c468a6396cc0',NULL,'purchase_order.approve','PurchaseOrder','r8c28d5bdd4531f85',NULL,'[]','[]',NULL,'c7b8b49469c0ec0195ab48aa491fb0aefb0c3d0d2036c704ca811251abdf2064','r8c28d5bdd4531f85/0.2#1/1/1',58,'done','cecaf4d8b2b997fb7857ac7a71b4072fcd9b6471640a117a4addee276923dc9c','9c61a34a32313a301a409c9d8fd5d0e28e8f828a0daa77c33110805d3c39c66c','2e06c558848a4e35d344db61e81f452afc3110800dc344833d8b13e9b35f970c');
INSERT INTO "audit_record" VALUES(60,'2026-11-16T09:00:00.000000+00:00','attempt','agent-checker',NULL,'purchase_order.send','PurchaseOrder','r8c28d5bdd4531f85','allow','["check"]','["Checkers check purchase orders."]',1,'118280a164faa3f477117e914d6e05c6c3b95c3a435e2e17290d78ee6b08c928','r8c28d5bdd4531f85/0.3#1/1',NULL,NULL,'bb149d31cd46ecdfbf6a06e9be3d1072c45d0441df670c44184212ef6d0c5673','2e06c558848a4e35d344db61e81f452afc3110800dc344833d8b13e9b35f970c','1227b593bb4a078e07cf6a668bb6a48e21f2192a54fabc1f94c56743604c4b7d');
INSERT INTO "audit_record" VALUES(61,'2026-11-16T09:00:00.000000+00:00','outcome','agent-checker',NULL,'purchase_order.send','PurchaseOrder','r8c28d5bdd4531f85',NULL,'[]','[]',NULL,'118280a164faa3f477117e914d6e05c6c3b95c3a435e2e17290d78ee6b08c928','r8c28d5bdd4531f85/0.3#1/1',60,'done','5af302ab56a59e7565adb1acbca137e18a4cf3bacedbde3dd9bbbe1c3deb976c','1227b593bb4a078e07cf6a668bb6a48e21f2192a54fabc1f94c56743604c4b7d','ee066fc26e572d500beb9270d531cf8a5af5acdc9f3d089995ac0ee648f647a0');
INSERT INTO "audit_record" VALUES(62,'2026-11-16T09:00:00.000000+00:00','change','person-38ec90cb79ea',NULL,'run.start','Run','r9b48c992100a76fc',NULL,'[]','[]',NULL,NULL,NULL,NULL,NULL,'e49dd1c76b998b3c8b37a9e2e0ff344d95c1020e416280bf09e9f52e1129e56f','ee066fc26e572d500beb9270d531cf8a5af5acdc9f3d089995ac0ee648f647a0','7c8c03b475aa3c203b00e89e2ee1df9449207aa6a4cc472aef74929645df35df');
INSERT INTO "audit_record" VALUES(63,'2026-11-16T09:00:00.000000+00:00','approval','person-f87ebc584b3a',NULL,'approval.grant','Approval','approval-35f504dfaf00cf85','allow','["tandem.approvers_answer"]','["People of the approver role answer an approval."]',1,'ae569f1c85c031ce2a0db56dc222e4e161fdf605917a7d25e381f773fa629372',NULL,NULL,NULL,'93bfdc92a272aeba6f78a0f720536a13fe30fd73ded726ea7b2dd23a80b9b19f','7c8c03b475aa3c203b00e89e2ee1df9449207aa6a4cc472aef74929645df35df','9cca3d6b98d9c56010483faadc228ff9ab2c6ade88c157b22d4ec3700cd0310f');
CREATE TABLE dbos_migrations (version INTEGER NOT NULL PRIMARY KEY);
INSERT INTO "dbos_migrations" VALUES(125);
CREATE TABLE event_log_version (
	log VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	file VARCHAR(200) NOT NULL, 
	source TEXT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	cases INTEGER NOT NULL, 
	events BIGINT NOT NULL, 
	event_rows BIGINT NOT NULL, 
	activities INTEGER NOT NULL, 
	performers INTEGER NOT NULL, 
	started DATETIME NOT NULL, 
	ended DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_event_log_version PRIMARY KEY (log, version), 
	CONSTRAINT uq_event_log_version_file UNIQUE (file)
);
CREATE TABLE governance_action (
	name VARCHAR(100) NOT NULL, 
	resource_type VARCHAR(100) NOT NULL, 
	facts JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(100) NOT NULL, 
	CONSTRAINT pk_governance_action PRIMARY KEY (name)
);
INSERT INTO "governance_action" VALUES('purchase_order.draft','PurchaseOrder','["amount: Long"]','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_action" VALUES('purchase_order.check','PurchaseOrder','[]','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_action" VALUES('purchase_order.approve','PurchaseOrder','[]','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_action" VALUES('purchase_order.send','PurchaseOrder','[]','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
CREATE TABLE governance_activation (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(100) NOT NULL, 
	CONSTRAINT pk_governance_activation PRIMARY KEY (id), 
	CONSTRAINT fk_governance_activation_version FOREIGN KEY(version) REFERENCES governance_policy_set (version)
);
INSERT INTO "governance_activation" VALUES(1,1,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
CREATE TABLE governance_approval (
	id VARCHAR(40) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	policy_set INTEGER NOT NULL, 
	status VARCHAR(10) NOT NULL, 
	role VARCHAR(100) NOT NULL, 
	request JSON NOT NULL, 
	reasons JSON NOT NULL, 
	expires_at DATETIME, 
	answered_at DATETIME, 
	answered_by VARCHAR(100), 
	answer_reason TEXT, 
	used_by VARCHAR(200), 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(100) NOT NULL, 
	CONSTRAINT pk_governance_approval PRIMARY KEY (id), 
	CONSTRAINT fk_governance_approval_role FOREIGN KEY(role) REFERENCES governance_role (name)
);
INSERT INTO "governance_approval" VALUES('approval-36339112f34a4096','facc506fb9609f14ade6a9e39bb819028ea6f180cefdee39737facf8efb878c8',1,'pending','manager','{"principal": "agent-drafter", "action": "purchase_order.draft", "resource_type": "PurchaseOrder", "resource_id": "r6ae1ead9bee1abda", "attributes": {"fields": ["amount", "supplier"], "workflow": "procurement", "task": "Draft order", "amount": 9000}, "context": {"run": "r6ae1ead9bee1abda", "item": "0.0#1"}, "on_behalf_of": null, "payload": {"changes": {"amount": 9000, "supplier": "Acme"}, "answer": {}}}','["Above 5,000 a purchase order of an agent needs approval."]',NULL,NULL,NULL,NULL,NULL,'2026-11-16 09:00:00.000000','agent-drafter');
INSERT INTO "governance_approval" VALUES('approval-35f504dfaf00cf85','ae569f1c85c031ce2a0db56dc222e4e161fdf605917a7d25e381f773fa629372',1,'granted','manager','{"principal": "agent-drafter", "action": "purchase_order.draft", "resource_type": "PurchaseOrder", "resource_id": "r1849388acad727dc", "attributes": {"fields": ["amount", "supplier"], "workflow": "procurement", "task": "Draft order", "amount": 9001}, "context": {"run": "r1849388acad727dc", "item": "0.0#1"}, "on_behalf_of": null, "payload": {"changes": {"amount": 9001, "supplier": "Acme"}, "answer": {}}}','["Above 5,000 a purchase order of an agent needs approval."]',NULL,'2026-11-16 09:00:00.000000','person-f87ebc584b3a','fine',NULL,'2026-11-16 09:00:00.000000','agent-drafter');
CREATE TABLE governance_assignment (
	principal VARCHAR(100) NOT NULL, 
	role VARCHAR(100) NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(100) NOT NULL, 
	CONSTRAINT pk_governance_assignment PRIMARY KEY (principal, role), 
	CONSTRAINT fk_governance_assignment_principal FOREIGN KEY(principal) REFERENCES governance_principal (id), 
	CONSTRAINT fk_governance_assignment_role FOREIGN KEY(role) REFERENCES governance_role (name)
);
INSERT INTO "governance_assignment" VALUES('person-38ec90cb79ea','administrator','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_assignment" VALUES('person-e011897bd6e6','manager','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_assignment" VALUES('person-f87ebc584b3a','manager','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_assignment" VALUES('person-04b1d5daff60','clerk','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_assignment" VALUES('person-c468a6396cc0','clerk','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_assignment" VALUES('agent-drafter','drafter','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_assignment" VALUES('agent-checker','checker','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
CREATE TABLE governance_attempt (
	"key" VARCHAR(200) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	decision JSON NOT NULL, 
	approval VARCHAR(40), 
	record BIGINT NOT NULL, 
	outcome VARCHAR(10), 
	outcome_record BIGINT, 
	CONSTRAINT pk_governance_attempt PRIMARY KEY ("key")
);
INSERT INTO "governance_attempt" VALUES('r6ae1ead9bee1abda/0.0#1/1','facc506fb9609f14ade6a9e39bb819028ea6f180cefdee39737facf8efb878c8','{"effect": "needs approval", "policies": ["limit"], "reasons": ["Above 5,000 a purchase order of an agent needs approval."], "policy_set": 1, "digest": "facc506fb9609f14ade6a9e39bb819028ea6f180cefdee39737facf8efb878c8", "approvers": ["manager"]}',NULL,29,NULL,NULL);
INSERT INTO "governance_attempt" VALUES('r3a547f7acbebe9f8/0.0#1/1','9ae3078e97aa4f05d29ce0ab44908c8ae9d9ab5d4c53e6f3399f640304feff02','{"effect": "allow", "policies": ["draft"], "reasons": ["Drafters draft purchase orders."], "policy_set": 1, "digest": "9ae3078e97aa4f05d29ce0ab44908c8ae9d9ab5d4c53e6f3399f640304feff02", "approvers": []}',NULL,31,'done',32);
INSERT INTO "governance_attempt" VALUES('r310792219bfbbd78/0.0#1/1','b0eb12b4f475268a77c6e6a8b2fbdd8de0e8d63d0341b9a2a2eb47e9d5600622','{"effect": "allow", "policies": ["draft"], "reasons": ["Drafters draft purchase orders."], "policy_set": 1, "digest": "b0eb12b4f475268a77c6e6a8b2fbdd8de0e8d63d0341b9a2a2eb47e9d5600622", "approvers": []}',NULL,33,'done',34);
INSERT INTO "governance_attempt" VALUES('r1849388acad727dc/0.0#1/1','ae569f1c85c031ce2a0db56dc222e4e161fdf605917a7d25e381f773fa629372','{"effect": "needs approval", "policies": ["limit"], "reasons": ["Above 5,000 a purchase order of an agent needs approval."], "policy_set": 1, "digest": "ae569f1c85c031ce2a0db56dc222e4e161fdf605917a7d25e381f773fa629372", "approvers": ["manager"]}',NULL,35,NULL,NULL);
INSERT INTO "governance_attempt" VALUES('r8c28d5bdd4531f85/0.0#1/1','c1d3a5dd81b43c0dba7874cd24f358344b43ee29ef7c9c8530319b4aef47eb11','{"effect": "allow", "policies": ["draft"], "reasons": ["Drafters draft purchase orders."], "policy_set": 1, "digest": "c1d3a5dd81b43c0dba7874cd24f358344b43ee29ef7c9c8530319b4aef47eb11", "approvers": []}',NULL,37,'done',38);
INSERT INTO "governance_attempt" VALUES('r18f2891460a32111/0.0#1/1','aa4f6cc48272f0320750d32521a4d32a60e8f2b44d08dfd1837560be3c2d4e14','{"effect": "allow", "policies": ["draft"], "reasons": ["Drafters draft purchase orders."], "policy_set": 1, "digest": "aa4f6cc48272f0320750d32521a4d32a60e8f2b44d08dfd1837560be3c2d4e14", "approvers": []}',NULL,39,'done',40);
INSERT INTO "governance_attempt" VALUES('r3a547f7acbebe9f8/0.1.0#1/1','d8d729ccf1a38f038b72b3d11248100c98d2e52cb70ed219b3ca172024bcd3d3','{"effect": "allow", "policies": ["check"], "reasons": ["Checkers check purchase orders."], "policy_set": 1, "digest": "d8d729ccf1a38f038b72b3d11248100c98d2e52cb70ed219b3ca172024bcd3d3", "approvers": []}',NULL,41,'done',42);
INSERT INTO "governance_attempt" VALUES('r8c28d5bdd4531f85/0.1.0#1/1','58b3c6cca694439177f1f0844a0f7a3e3fcc4e36da1f7aad0011aab551405b97','{"effect": "allow", "policies": ["check"], "reasons": ["Checkers check purchase orders."], "policy_set": 1, "digest": "58b3c6cca694439177f1f0844a0f7a3e3fcc4e36da1f7aad0011aab551405b97", "approvers": []}',NULL,43,'done',44);
INSERT INTO "governance_attempt" VALUES('r3a547f7acbebe9f8/0.1.1#1/1','379344fd3310e73adaec30f83b7bdc3e7c38b8c2d711b539707335bc47ca7f78','{"effect": "allow", "policies": ["check"], "reasons": ["Checkers check purchase orders."], "policy_set": 1, "digest": "379344fd3310e73adaec30f83b7bdc3e7c38b8c2d711b539707335bc47ca7f78", "approvers": []}',NULL,45,'done',46);
INSERT INTO "governance_attempt" VALUES('r310792219bfbbd78/0.1.0#1/1','64db1c2e85edbea155ce79df43d8475a6d0934c16539070538dbe64c9b68abca','{"effect": "allow", "policies": ["check"], "reasons": ["Checkers check purchase orders."], "policy_set": 1, "digest": "64db1c2e85edbea155ce79df43d8475a6d0934c16539070538dbe64c9b68abca", "approvers": []}',NULL,47,'done',48);
INSERT INTO "governance_attempt" VALUES('r310792219bfbbd78/0.1.1#1/1','aff6abd9968bdef51f4bc545f8d13b08c9708f4b1f63fc25d998ab002ea39e54','{"effect": "allow", "policies": ["check"], "reasons": ["Checkers check purchase orders."], "policy_set": 1, "digest": "aff6abd9968bdef51f4bc545f8d13b08c9708f4b1f63fc25d998ab002ea39e54", "approvers": []}',NULL,49,'done',50);
INSERT INTO "governance_attempt" VALUES('r18f2891460a32111/0.1.0#1/1','02a8ffe9c4f57156241f2be680ae4c1a40b1be9170c4ca55df2c1b25dc4116ec','{"effect": "allow", "policies": ["check"], "reasons": ["Checkers check purchase orders."], "policy_set": 1, "digest": "02a8ffe9c4f57156241f2be680ae4c1a40b1be9170c4ca55df2c1b25dc4116ec", "approvers": []}',NULL,51,'done',52);
INSERT INTO "governance_attempt" VALUES('r18f2891460a32111/0.1.1#1/1','696b033f9d284a3b30518695084783e18b3cec21b3b8c7c6f63fd9b16b311c80','{"effect": "allow", "policies": ["check"], "reasons": ["Checkers check purchase orders."], "policy_set": 1, "digest": "696b033f9d284a3b30518695084783e18b3cec21b3b8c7c6f63fd9b16b311c80", "approvers": []}',NULL,53,'done',54);
INSERT INTO "governance_attempt" VALUES('r8c28d5bdd4531f85/0.1.1#1/1','af9a543745eec672c817e75c8ec093e1fbb542e9107720a1ad52d3c968bcc25a','{"effect": "allow", "policies": ["check"], "reasons": ["Checkers check purchase orders."], "policy_set": 1, "digest": "af9a543745eec672c817e75c8ec093e1fbb542e9107720a1ad52d3c968bcc25a", "approvers": []}',NULL,55,'done',56);
INSERT INTO "governance_attempt" VALUES('r8c28d5bdd4531f85/0.2#1/1/1','c7b8b49469c0ec0195ab48aa491fb0aefb0c3d0d2036c704ca811251abdf2064','{"effect": "allow", "policies": ["small"], "reasons": ["Clerks approve purchase orders without changing them."], "policy_set": 1, "digest": "c7b8b49469c0ec0195ab48aa491fb0aefb0c3d0d2036c704ca811251abdf2064", "approvers": []}',NULL,58,'done',59);
INSERT INTO "governance_attempt" VALUES('r8c28d5bdd4531f85/0.3#1/1','118280a164faa3f477117e914d6e05c6c3b95c3a435e2e17290d78ee6b08c928','{"effect": "allow", "policies": ["check"], "reasons": ["Checkers check purchase orders."], "policy_set": 1, "digest": "118280a164faa3f477117e914d6e05c6c3b95c3a435e2e17290d78ee6b08c928", "approvers": []}',NULL,60,'done',61);
CREATE TABLE governance_policy_set (
	version INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	guards TEXT NOT NULL, 
	actions JSON NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	note TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(100) NOT NULL, 
	CONSTRAINT pk_governance_policy_set PRIMARY KEY (version)
);
INSERT INTO "governance_policy_set" VALUES(1,'
@id("draft")
@reason("Drafters draft purchase orders.")
permit (principal in Role::"drafter", action == Action::"purchase_order.draft", resource)
when { ["amount", "supplier", "secret"].containsAll(resource.fields) };

@id("limit")
@reason("Above 5,000 a purchase order of an agent needs approval.")
@approver("manager")
forbid (principal is Agent, action == Action::"purchase_order.draft", resource)
when { resource has amount && resource.amount > 5000 && !context.approved };

@id("check")
@reason("Checkers check purchase orders.")
permit (
    principal in Role::"checker",
    action in [Action::"purchase_order.check", Action::"purchase_order.send"],
    resource
);

@id("approve")
@reason("Managers approve purchase orders.")
permit (principal in Role::"manager", action, resource);

@id("small")
@reason("Clerks approve purchase orders without changing them.")
permit (principal in Role::"clerk", action == Action::"purchase_order.approve", resource)
when { resource.fields.isEmpty() };

@id("four_eyes")
@reason("Nobody approves a purchase order that they drafted.")
forbid (principal, action == Action::"purchase_order.approve", resource)
when { resource has drafted_by && resource.drafted_by == principal.id };
','// Tandem''s own guards. They are part of every policy set and no other policy can undo them.

@id("tandem.active")
@reason("An inactive principal may do nothing.")
forbid (principal, action, resource)
unless { principal.active };

@id("tandem.role_actions")
@reason("An agent acts only within the actions of its roles.")
forbid (principal is Agent, action, resource)
unless { principal.actions.contains(context.action) };

@id("tandem.level_1_suggests")
@reason("At autonomy level 1 an agent only suggests; a person acts.")
forbid (principal is Agent, action, resource)
when { context.autonomy_level <= 1 };

@id("tandem.level_2_after_approval")
@reason("At autonomy level 2 an agent acts only after approval.")
forbid (principal is Agent, action, resource)
when { context.autonomy_level == 2 && !context.approved };
','[{"name": "purchase_order.approve", "resource_type": "PurchaseOrder", "facts": []}, {"name": "purchase_order.check", "resource_type": "PurchaseOrder", "facts": []}, {"name": "purchase_order.draft", "resource_type": "PurchaseOrder", "facts": ["amount: Long"]}, {"name": "purchase_order.send", "resource_type": "PurchaseOrder", "facts": []}]','79b483f8d91080aacbed1f88b9fe2ebf9503a531fb6ac118451f49f4e88c765a','first','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
CREATE TABLE governance_principal (
	id VARCHAR(100) NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	name_key VARCHAR(200) NOT NULL, 
	email VARCHAR(320), 
	owner VARCHAR(100), 
	sponsor VARCHAR(100), 
	runtime VARCHAR(200), 
	autonomy_level INTEGER, 
	simulated BOOLEAN NOT NULL, 
	active BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(100) NOT NULL, 
	CONSTRAINT pk_governance_principal PRIMARY KEY (id), 
	CONSTRAINT uq_governance_principal_name_key UNIQUE (name_key), 
	CONSTRAINT fk_governance_principal_owner FOREIGN KEY(owner) REFERENCES governance_principal (id), 
	CONSTRAINT fk_governance_principal_sponsor FOREIGN KEY(sponsor) REFERENCES governance_principal (id)
);
INSERT INTO "governance_principal" VALUES('person-38ec90cb79ea','person','Ada','ada',NULL,NULL,NULL,NULL,NULL,0,1,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_principal" VALUES('person-e011897bd6e6','person','Mia','mia',NULL,NULL,NULL,NULL,NULL,0,1,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_principal" VALUES('person-f87ebc584b3a','person','Max','max',NULL,NULL,NULL,NULL,NULL,0,1,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_principal" VALUES('person-04b1d5daff60','person','Cleo','cleo',NULL,NULL,NULL,NULL,NULL,0,1,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_principal" VALUES('person-c468a6396cc0','person','Carl','carl',NULL,NULL,NULL,NULL,NULL,0,1,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_principal" VALUES('agent-drafter','agent','Drafter','drafter',NULL,'person-e011897bd6e6','person-38ec90cb79ea','drafter',3,0,1,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_principal" VALUES('agent-checker','agent','Checker','checker',NULL,'person-e011897bd6e6','person-38ec90cb79ea','checker',3,0,1,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
CREATE TABLE governance_role (
	name VARCHAR(100) NOT NULL, 
	purpose TEXT NOT NULL, 
	responsibilities JSON NOT NULL, 
	actions JSON NOT NULL, 
	expectations JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(100) NOT NULL, 
	CONSTRAINT pk_governance_role PRIMARY KEY (name)
);
INSERT INTO "governance_role" VALUES('administrator','Changes principals, roles and policies.','["Changes principals, roles and policies."]','[]','[]','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_role" VALUES('manager','Answers for purchase orders.','[]','[]','[]','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_role" VALUES('clerk','Handles purchase orders.','[]','[]','[]','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_role" VALUES('drafter','Drafts.','[]','["purchase_order.draft"]','[]','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "governance_role" VALUES('checker','Checks.','[]','["purchase_order.check", "purchase_order.send"]','[]','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
CREATE TABLE import_mapping (
	name VARCHAR(100) NOT NULL, 
	mapping JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_import_mapping PRIMARY KEY (name)
);
CREATE TABLE kpi_baseline (
	id INTEGER NOT NULL, 
	log VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	started DATETIME NOT NULL, 
	ended DATETIME NOT NULL, 
	filter JSON, 
	sla_seconds DOUBLE, 
	as_of DATETIME NOT NULL, 
	measurements JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_kpi_baseline PRIMARY KEY (id), 
	CONSTRAINT fk_kpi_baseline_log_version FOREIGN KEY(log, version) REFERENCES event_log_version (log, version)
);
CREATE TABLE map_allocation (
	map_name VARCHAR(100) NOT NULL, 
	map_version INTEGER NOT NULL, 
	rules INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	activity TEXT NOT NULL, 
	computed VARCHAR(40) NOT NULL, 
	suitability FLOAT, 
	value FLOAT NOT NULL, 
	coverage FLOAT NOT NULL, 
	value_coverage FLOAT NOT NULL, 
	criteria JSON NOT NULL, 
	reasons JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_map_allocation PRIMARY KEY (map_name, map_version, rules, position), 
	CONSTRAINT fk_map_allocation_map_name_map_version FOREIGN KEY(map_name, map_version) REFERENCES workflow_map (name, version)
);
CREATE TABLE map_override (
	id INTEGER NOT NULL, 
	map_name VARCHAR(100) NOT NULL, 
	map_version INTEGER NOT NULL, 
	activity TEXT NOT NULL, 
	outcome VARCHAR(40) NOT NULL, 
	reason TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_map_override PRIMARY KEY (id), 
	CONSTRAINT fk_map_override_map_name_map_version FOREIGN KEY(map_name, map_version) REFERENCES workflow_map (name, version)
);
CREATE TABLE notifications (
    message_uuid TEXT NOT NULL DEFAULT (hex(randomblob(16))) PRIMARY KEY,
    destination_uuid TEXT NOT NULL,
    topic TEXT,
    message TEXT NOT NULL,
    created_at_epoch_ms INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000), "serialization" TEXT DEFAULT NULL, "consumed" BOOLEAN NOT NULL DEFAULT FALSE, consumed_by_function_id INTEGER,
    FOREIGN KEY (destination_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE "operation_outputs" (
    workflow_uuid TEXT NOT NULL,
    function_id INTEGER NOT NULL,
    function_name TEXT NOT NULL DEFAULT '',
    output TEXT,
    error TEXT,
    child_workflow_id TEXT,
    started_at_epoch_ms INTEGER,
    completed_at_epoch_ms INTEGER,
    serialization TEXT,
    application_name TEXT DEFAULT NULL,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    PRIMARY KEY (workflow_uuid, function_id)
);
CREATE TABLE pilot (
	id INTEGER NOT NULL, 
	reference VARCHAR(300), 
	reference_key TEXT, 
	name VARCHAR(300) NOT NULL, 
	department VARCHAR(300) NOT NULL, 
	name_key TEXT NOT NULL, 
	owner VARCHAR(300), 
	sponsor VARCHAR(300), 
	status VARCHAR(20), 
	purpose TEXT, 
	data_sensitivity VARCHAR(20), 
	vendor VARCHAR(300), 
	model VARCHAR(300), 
	started DATE, 
	monthly_cost DOUBLE, 
	currency VARCHAR(3), 
	monthly_benefit DOUBLE, 
	users BIGINT, 
	human_review BOOLEAN, 
	autonomy_level INTEGER, 
	digest VARCHAR(64) NOT NULL, 
	revision INTEGER NOT NULL, 
	import_id INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(200) NOT NULL, 
	updated_at DATETIME NOT NULL, 
	updated_by VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_pilot PRIMARY KEY (id), 
	CONSTRAINT uq_pilot_reference_key UNIQUE (reference_key), 
	CONSTRAINT fk_pilot_import_id FOREIGN KEY(import_id) REFERENCES pilot_import (id)
);
CREATE TABLE pilot_activity (
	pilot_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	label VARCHAR(300) NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_pilot_activity PRIMARY KEY (pilot_id, "key"), 
	CONSTRAINT fk_pilot_activity_pilot_id FOREIGN KEY(pilot_id) REFERENCES pilot (id)
);
CREATE TABLE pilot_data (
	pilot_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	label VARCHAR(300) NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_pilot_data PRIMARY KEY (pilot_id, "key"), 
	CONSTRAINT fk_pilot_data_pilot_id FOREIGN KEY(pilot_id) REFERENCES pilot (id)
);
CREATE TABLE pilot_import (
	id INTEGER NOT NULL, 
	file TEXT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	pilots INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_pilot_import PRIMARY KEY (id)
);
CREATE TABLE pilot_system (
	pilot_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	label VARCHAR(300) NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_pilot_system PRIMARY KEY (pilot_id, "key"), 
	CONSTRAINT fk_pilot_system_pilot_id FOREIGN KEY(pilot_id) REFERENCES pilot (id)
);
CREATE TABLE queues (
    queue_id TEXT PRIMARY KEY DEFAULT (hex(randomblob(16))),
    name TEXT NOT NULL UNIQUE,
    concurrency INTEGER,
    worker_concurrency INTEGER,
    rate_limit_max INTEGER,
    rate_limit_period_sec REAL,
    priority_enabled BOOLEAN NOT NULL DEFAULT FALSE,
    partition_queue BOOLEAN NOT NULL DEFAULT FALSE,
    polling_interval_sec REAL NOT NULL DEFAULT 1.0,
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    updated_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
, "application_name" TEXT DEFAULT NULL, "partition_concurrency" INTEGER DEFAULT NULL, "partition_worker_concurrency" INTEGER DEFAULT NULL, "partition_rate_limit_max" INTEGER DEFAULT NULL, "partition_rate_limit_period_sec" REAL DEFAULT NULL);
INSERT INTO "queues" VALUES('FD6344CCCF305C9F254A86D34BE017B9','tandem-agents',NULL,32,NULL,NULL,1,0,0.1,1796044940000,1796044945403,'tandem',NULL,NULL,NULL,NULL);
CREATE TABLE run (
	id VARCHAR(60) NOT NULL, 
	workflow VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	"key" VARCHAR(200), 
	status VARCHAR(20) NOT NULL, 
	state JSON NOT NULL, 
	events INTEGER NOT NULL, 
	cause TEXT, 
	simulated BOOLEAN NOT NULL, 
	started_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_run PRIMARY KEY (id), 
	CONSTRAINT uq_run_workflow_key UNIQUE (workflow, "key"), 
	CONSTRAINT fk_run_workflow_version_workflow_version FOREIGN KEY(workflow, version) REFERENCES workflow_version (name, version)
);
INSERT INTO "run" VALUES('r6ae1ead9bee1abda','procurement',1,'pending','running','{"form": 1, "status": "running", "context": {"wanted": 9000}, "answers": {}, "visits": {"0": 1, "0.0": 1}, "active": {"0": 1}, "items": {"0.0#1": {"item": "0.0#1", "node": "0.0", "attempt": 1, "level": 0, "tries": 1}}}',2,NULL,0,'2026-11-16 09:00:00.000000','2026-11-17 09:00:00.000000',NULL,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "run" VALUES('r1849388acad727dc','procurement',1,'granted','running','{"form": 1, "status": "running", "context": {"wanted": 9001}, "answers": {}, "visits": {"0": 1, "0.0": 1}, "active": {"0": 1}, "items": {"0.0#1": {"item": "0.0#1", "node": "0.0", "attempt": 1, "level": 0, "tries": 1}}}',2,NULL,0,'2026-11-16 09:00:00.000000','2026-11-17 09:00:00.000000',NULL,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "run" VALUES('r3a547f7acbebe9f8','procurement',1,'open','running','{"form": 1, "status": "running", "context": {"wanted": 120, "amount": 120, "supplier": "Acme"}, "answers": {"Draft order": {}, "Check budget": {"ok": true}, "Check supplier": {"ok": true}}, "visits": {"0": 1, "0.0": 1, "0.1": 1, "0.1.0": 1, "0.1.1": 1, "0.2": 1}, "active": {"0": 3}, "items": {"0.2#1": {"item": "0.2#1", "node": "0.2", "attempt": 1, "level": 0, "tries": 1}}}',4,NULL,0,'2026-11-16 09:00:00.000000','2026-11-17 09:00:00.000000',NULL,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "run" VALUES('r310792219bfbbd78','procurement',1,'claimed','running','{"form": 1, "status": "running", "context": {"wanted": 130, "amount": 130, "supplier": "Acme"}, "answers": {"Draft order": {}, "Check budget": {"ok": true}, "Check supplier": {"ok": true}}, "visits": {"0": 1, "0.0": 1, "0.1": 1, "0.1.0": 1, "0.1.1": 1, "0.2": 1}, "active": {"0": 3}, "items": {"0.2#1": {"item": "0.2#1", "node": "0.2", "attempt": 1, "level": 0, "tries": 1}}}',5,NULL,0,'2026-11-16 09:00:00.000000','2026-11-17 09:00:00.000000',NULL,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "run" VALUES('r18f2891460a32111','procurement',1,'paused','paused','{"form": 1, "status": "paused", "context": {"wanted": 140, "amount": 140, "supplier": "Acme"}, "answers": {"Draft order": {}, "Check budget": {"ok": true}, "Check supplier": {"ok": true}}, "visits": {"0": 1, "0.0": 1, "0.1": 1, "0.1.0": 1, "0.1.1": 1, "0.2": 1}, "active": {"0": 3}, "items": {"0.2#1": {"item": "0.2#1", "node": "0.2", "attempt": 1, "level": 0, "tries": 1}}}',5,NULL,0,'2026-11-16 09:00:00.000000','2026-11-17 09:00:00.000000',NULL,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "run" VALUES('r8c28d5bdd4531f85','procurement',1,'completed','completed','{"form": 1, "status": "completed", "context": {"wanted": 150, "amount": 150, "supplier": "Acme"}, "answers": {"Draft order": {}, "Check budget": {"ok": true}, "Check supplier": {"ok": true}, "Approve order": {}, "Send order": {"ok": true}}, "visits": {"0": 1, "0.0": 1, "0.1": 1, "0.1.0": 1, "0.1.1": 1, "0.2": 1, "0.3": 1}, "active": {}, "items": {}}',6,NULL,0,'2026-11-16 09:00:00.000000','2026-11-17 09:00:00.000000','2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000','person-38ec90cb79ea');
INSERT INTO "run" VALUES('r9b48c992100a76fc','procurement',1,'queued','running','{"form": 1, "status": "running", "context": {"wanted": 160}, "answers": {}, "visits": {"0": 1, "0.0": 1}, "active": {"0": 1}, "items": {"0.0#1": {"item": "0.0#1", "node": "0.0", "attempt": 1, "level": 0, "tries": 1}}}',1,NULL,0,'2026-11-16 09:00:00.000000','2026-11-17 09:00:00.000000',NULL,'2026-11-16 09:00:00.000000','person-38ec90cb79ea');
CREATE TABLE run_event (
	id INTEGER NOT NULL, 
	run VARCHAR(60) NOT NULL, 
	sequence INTEGER NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	item VARCHAR(100), 
	attempt INTEGER, 
	"key" VARCHAR(300) NOT NULL, 
	payload JSON NOT NULL, 
	performer VARCHAR(200), 
	at DATETIME NOT NULL, 
	txid BIGINT, 
	CONSTRAINT pk_run_event PRIMARY KEY (id), 
	CONSTRAINT uq_run_event_run_sequence UNIQUE (run, sequence), 
	CONSTRAINT fk_run_event_run_run FOREIGN KEY(run) REFERENCES run (id), 
	CONSTRAINT uq_run_event_key UNIQUE ("key")
);
INSERT INTO "run_event" VALUES(1,'r6ae1ead9bee1abda',1,'started',NULL,NULL,'r6ae1ead9bee1abda//started','{"form": 1, "event": "started", "context": {"wanted": 9000}, "work": null, "decisions": [], "facts": {}}','person-38ec90cb79ea','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(2,'r1849388acad727dc',1,'started',NULL,NULL,'r1849388acad727dc//started','{"form": 1, "event": "started", "context": {"wanted": 9001}, "work": null, "decisions": [], "facts": {}}','person-38ec90cb79ea','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(3,'r3a547f7acbebe9f8',1,'started',NULL,NULL,'r3a547f7acbebe9f8//started','{"form": 1, "event": "started", "context": {"wanted": 120}, "work": null, "decisions": [], "facts": {}}','person-38ec90cb79ea','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(4,'r310792219bfbbd78',1,'started',NULL,NULL,'r310792219bfbbd78//started','{"form": 1, "event": "started", "context": {"wanted": 130}, "work": null, "decisions": [], "facts": {}}','person-38ec90cb79ea','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(5,'r18f2891460a32111',1,'started',NULL,NULL,'r18f2891460a32111//started','{"form": 1, "event": "started", "context": {"wanted": 140}, "work": null, "decisions": [], "facts": {}}','person-38ec90cb79ea','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(6,'r8c28d5bdd4531f85',1,'started',NULL,NULL,'r8c28d5bdd4531f85//started','{"form": 1, "event": "started", "context": {"wanted": 150}, "work": null, "decisions": [], "facts": {}}','person-38ec90cb79ea','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(7,'r6ae1ead9bee1abda',2,'approval requested','0.0#1',1,'r6ae1ead9bee1abda//2','{"approval": "approval-36339112f34a4096", "role": "manager"}','agent-drafter','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(8,'r3a547f7acbebe9f8',2,'task completed','0.0#1',1,'r3a547f7acbebe9f8/0.0#1/1','{"form": 1, "event": "task completed", "item": "0.0#1", "attempt": 1, "answer": {}, "changes": {"amount": 120, "supplier": "Acme"}, "work": {"performer": "agent-drafter", "name": "Drafter", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 1.5, "confidence": null, "note": null}, "decisions": [], "facts": {"audit": 31, "approval": null}}','agent-drafter','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(9,'r310792219bfbbd78',2,'task completed','0.0#1',1,'r310792219bfbbd78/0.0#1/1','{"form": 1, "event": "task completed", "item": "0.0#1", "attempt": 1, "answer": {}, "changes": {"amount": 130, "supplier": "Acme"}, "work": {"performer": "agent-drafter", "name": "Drafter", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 1.5, "confidence": null, "note": null}, "decisions": [], "facts": {"audit": 33, "approval": null}}','agent-drafter','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(10,'r1849388acad727dc',2,'approval requested','0.0#1',1,'r1849388acad727dc//2','{"approval": "approval-35f504dfaf00cf85", "role": "manager"}','agent-drafter','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(11,'r8c28d5bdd4531f85',2,'task completed','0.0#1',1,'r8c28d5bdd4531f85/0.0#1/1','{"form": 1, "event": "task completed", "item": "0.0#1", "attempt": 1, "answer": {}, "changes": {"amount": 150, "supplier": "Acme"}, "work": {"performer": "agent-drafter", "name": "Drafter", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 1.5, "confidence": null, "note": null}, "decisions": [], "facts": {"audit": 37, "approval": null}}','agent-drafter','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(12,'r18f2891460a32111',2,'task completed','0.0#1',1,'r18f2891460a32111/0.0#1/1','{"form": 1, "event": "task completed", "item": "0.0#1", "attempt": 1, "answer": {}, "changes": {"amount": 140, "supplier": "Acme"}, "work": {"performer": "agent-drafter", "name": "Drafter", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 1.5, "confidence": null, "note": null}, "decisions": [], "facts": {"audit": 39, "approval": null}}','agent-drafter','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(13,'r3a547f7acbebe9f8',3,'task completed','0.1.0#1',1,'r3a547f7acbebe9f8/0.1.0#1/1','{"form": 1, "event": "task completed", "item": "0.1.0#1", "attempt": 1, "answer": {"ok": true}, "changes": {}, "work": {"performer": "agent-checker", "name": "Checker", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 0.5, "confidence": 0.9, "note": null}, "decisions": [], "facts": {"audit": 41, "approval": null}}','agent-checker','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(14,'r8c28d5bdd4531f85',3,'task completed','0.1.0#1',1,'r8c28d5bdd4531f85/0.1.0#1/1','{"form": 1, "event": "task completed", "item": "0.1.0#1", "attempt": 1, "answer": {"ok": true}, "changes": {}, "work": {"performer": "agent-checker", "name": "Checker", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 0.5, "confidence": 0.9, "note": null}, "decisions": [], "facts": {"audit": 43, "approval": null}}','agent-checker','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(15,'r3a547f7acbebe9f8',4,'task completed','0.1.1#1',1,'r3a547f7acbebe9f8/0.1.1#1/1','{"form": 1, "event": "task completed", "item": "0.1.1#1", "attempt": 1, "answer": {"ok": true}, "changes": {}, "work": {"performer": "agent-checker", "name": "Checker", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 0.5, "confidence": 0.9, "note": null}, "decisions": [], "facts": {"audit": 45, "approval": null}}','agent-checker','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(16,'r310792219bfbbd78',3,'task completed','0.1.0#1',1,'r310792219bfbbd78/0.1.0#1/1','{"form": 1, "event": "task completed", "item": "0.1.0#1", "attempt": 1, "answer": {"ok": true}, "changes": {}, "work": {"performer": "agent-checker", "name": "Checker", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 0.5, "confidence": 0.9, "note": null}, "decisions": [], "facts": {"audit": 47, "approval": null}}','agent-checker','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(17,'r310792219bfbbd78',4,'task completed','0.1.1#1',1,'r310792219bfbbd78/0.1.1#1/1','{"form": 1, "event": "task completed", "item": "0.1.1#1", "attempt": 1, "answer": {"ok": true}, "changes": {}, "work": {"performer": "agent-checker", "name": "Checker", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 0.5, "confidence": 0.9, "note": null}, "decisions": [], "facts": {"audit": 49, "approval": null}}','agent-checker','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(18,'r18f2891460a32111',3,'task completed','0.1.0#1',1,'r18f2891460a32111/0.1.0#1/1','{"form": 1, "event": "task completed", "item": "0.1.0#1", "attempt": 1, "answer": {"ok": true}, "changes": {}, "work": {"performer": "agent-checker", "name": "Checker", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 0.5, "confidence": 0.9, "note": null}, "decisions": [], "facts": {"audit": 51, "approval": null}}','agent-checker','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(19,'r18f2891460a32111',4,'task completed','0.1.1#1',1,'r18f2891460a32111/0.1.1#1/1','{"form": 1, "event": "task completed", "item": "0.1.1#1", "attempt": 1, "answer": {"ok": true}, "changes": {}, "work": {"performer": "agent-checker", "name": "Checker", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 0.5, "confidence": 0.9, "note": null}, "decisions": [], "facts": {"audit": 53, "approval": null}}','agent-checker','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(20,'r8c28d5bdd4531f85',4,'task completed','0.1.1#1',1,'r8c28d5bdd4531f85/0.1.1#1/1','{"form": 1, "event": "task completed", "item": "0.1.1#1", "attempt": 1, "answer": {"ok": true}, "changes": {}, "work": {"performer": "agent-checker", "name": "Checker", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 0.5, "confidence": 0.9, "note": null}, "decisions": [], "facts": {"audit": 55, "approval": null}}','agent-checker','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(21,'r310792219bfbbd78',5,'claimed','0.2#1',1,'r310792219bfbbd78//5','{}','person-04b1d5daff60','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(22,'r18f2891460a32111',5,'paused',NULL,NULL,'r18f2891460a32111//pause/5','{"form": 1, "event": "paused", "work": null, "decisions": [], "facts": {"reason": "holidays"}}','person-e011897bd6e6','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(23,'r8c28d5bdd4531f85',5,'task completed','0.2#1',1,'r8c28d5bdd4531f85/0.2#1/1','{"form": 1, "event": "task completed", "item": "0.2#1", "attempt": 1, "answer": {}, "changes": {}, "work": {"performer": "person-c468a6396cc0", "name": "Carl", "kind": "human", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": null, "cost": null, "confidence": null, "note": null}, "decisions": [], "facts": {"audit": 58, "approval": null}}','person-c468a6396cc0','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(24,'r8c28d5bdd4531f85',6,'task completed','0.3#1',1,'r8c28d5bdd4531f85/0.3#1/1','{"form": 1, "event": "task completed", "item": "0.3#1", "attempt": 1, "answer": {"ok": true}, "changes": {}, "work": {"performer": "agent-checker", "name": "Checker", "kind": "agent", "simulated": false, "ended": "2026-11-16T09:00:00+00:00", "started": "2026-11-16T09:00:00+00:00", "cost": 0.5, "confidence": 0.9, "note": null}, "decisions": [], "facts": {"audit": 60, "approval": null}}','agent-checker','2026-11-16 09:00:00.000000',NULL);
INSERT INTO "run_event" VALUES(25,'r9b48c992100a76fc',1,'started',NULL,NULL,'r9b48c992100a76fc//started','{"form": 1, "event": "started", "context": {"wanted": 160}, "work": null, "decisions": [], "facts": {}}','person-38ec90cb79ea','2026-11-16 09:00:00.000000',NULL);
CREATE TABLE saved_selection (
	log VARCHAR(100) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	selection TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_saved_selection PRIMARY KEY (log, name)
);
CREATE TABLE selection_link (
	digest VARCHAR(16) NOT NULL, 
	selection TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_selection_link PRIMARY KEY (digest)
);
CREATE TABLE streams (
    workflow_uuid TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    "offset" INTEGER NOT NULL, function_id INTEGER NOT NULL DEFAULT 0, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, key, "offset"),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE work_item (
	id VARCHAR(170) NOT NULL, 
	run VARCHAR(60) NOT NULL, 
	item VARCHAR(100) NOT NULL, 
	node VARCHAR(80) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	label TEXT NOT NULL, 
	doer VARCHAR(20) NOT NULL, 
	role VARCHAR(200) NOT NULL, 
	agent VARCHAR(200), 
	status VARCHAR(20) NOT NULL, 
	attempt INTEGER NOT NULL, 
	level INTEGER NOT NULL, 
	options JSON NOT NULL, 
	cause TEXT, 
	offered_at DATETIME NOT NULL, 
	ready_at DATETIME NOT NULL, 
	due_at DATETIME, 
	timeout_at DATETIME, 
	claimed_by VARCHAR(200), 
	claimed_at DATETIME, 
	queued INTEGER NOT NULL, 
	parked BOOLEAN NOT NULL, 
	begun INTEGER NOT NULL, 
	begun_at DATETIME, 
	approval VARCHAR(100), 
	proposal JSON, 
	performer VARCHAR(200), 
	ended_at DATETIME, 
	CONSTRAINT pk_work_item PRIMARY KEY (id), 
	CONSTRAINT uq_work_item_run_item UNIQUE (run, item), 
	CONSTRAINT fk_work_item_run_run FOREIGN KEY(run) REFERENCES run (id)
);
INSERT INTO "work_item" VALUES('r6ae1ead9bee1abda/0.0#1','r6ae1ead9bee1abda','0.0#1','0.0','task','Draft order','agent','drafter','agent-drafter','waiting',1,0,'[]','Above 5,000 a purchase order of an agent needs approval.','2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000','approval-36339112f34a4096','{"key": "r6ae1ead9bee1abda/0.0#1/1", "proposed": {"performer": "agent-drafter", "changes": {"amount": 9000, "supplier": "Acme"}, "answer": {}, "started": "2026-11-16T09:00:00+00:00", "ended": null, "cost": 1.5, "confidence": null, "note": null}}',NULL,NULL);
INSERT INTO "work_item" VALUES('r1849388acad727dc/0.0#1','r1849388acad727dc','0.0#1','0.0','task','Draft order','agent','drafter','agent-drafter','waiting',1,0,'[]','Above 5,000 a purchase order of an agent needs approval.','2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000','approval-35f504dfaf00cf85','{"key": "r1849388acad727dc/0.0#1/1", "proposed": {"performer": "agent-drafter", "changes": {"amount": 9001, "supplier": "Acme"}, "answer": {}, "started": "2026-11-16T09:00:00+00:00", "ended": null, "cost": 1.5, "confidence": null, "note": null}}',NULL,NULL);
INSERT INTO "work_item" VALUES('r3a547f7acbebe9f8/0.0#1','r3a547f7acbebe9f8','0.0#1','0.0','task','Draft order','agent','drafter','agent-drafter','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-drafter','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r310792219bfbbd78/0.0#1','r310792219bfbbd78','0.0#1','0.0','task','Draft order','agent','drafter','agent-drafter','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-drafter','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r18f2891460a32111/0.0#1','r18f2891460a32111','0.0#1','0.0','task','Draft order','agent','drafter','agent-drafter','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-drafter','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r8c28d5bdd4531f85/0.0#1','r8c28d5bdd4531f85','0.0#1','0.0','task','Draft order','agent','drafter','agent-drafter','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-drafter','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r3a547f7acbebe9f8/0.1.0#1','r3a547f7acbebe9f8','0.1.0#1','0.1.0','task','Check budget','agent','checker','agent-checker','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-checker','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r3a547f7acbebe9f8/0.1.1#1','r3a547f7acbebe9f8','0.1.1#1','0.1.1','task','Check supplier','agent','checker','agent-checker','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-checker','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r310792219bfbbd78/0.1.0#1','r310792219bfbbd78','0.1.0#1','0.1.0','task','Check budget','agent','checker','agent-checker','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-checker','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r310792219bfbbd78/0.1.1#1','r310792219bfbbd78','0.1.1#1','0.1.1','task','Check supplier','agent','checker','agent-checker','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-checker','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r8c28d5bdd4531f85/0.1.0#1','r8c28d5bdd4531f85','0.1.0#1','0.1.0','task','Check budget','agent','checker','agent-checker','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-checker','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r8c28d5bdd4531f85/0.1.1#1','r8c28d5bdd4531f85','0.1.1#1','0.1.1','task','Check supplier','agent','checker','agent-checker','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-checker','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r18f2891460a32111/0.1.0#1','r18f2891460a32111','0.1.0#1','0.1.0','task','Check budget','agent','checker','agent-checker','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-checker','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r18f2891460a32111/0.1.1#1','r18f2891460a32111','0.1.1#1','0.1.1','task','Check supplier','agent','checker','agent-checker','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-checker','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r3a547f7acbebe9f8/0.2#1','r3a547f7acbebe9f8','0.2#1','0.2','task','Approve order','person','clerk',NULL,'open',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,'2026-11-16 09:10:00.000000',NULL,NULL,0,0,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "work_item" VALUES('r310792219bfbbd78/0.2#1','r310792219bfbbd78','0.2#1','0.2','task','Approve order','person','clerk',NULL,'claimed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,'2026-11-16 09:10:00.000000','person-04b1d5daff60','2026-11-16 09:00:00.000000',0,0,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "work_item" VALUES('r18f2891460a32111/0.2#1','r18f2891460a32111','0.2#1','0.2','task','Approve order','person','clerk',NULL,'open',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,'2026-11-16 09:10:00.000000',NULL,NULL,0,0,0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "work_item" VALUES('r8c28d5bdd4531f85/0.2#1','r8c28d5bdd4531f85','0.2#1','0.2','task','Approve order','person','clerk',NULL,'completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,0,0,1,NULL,NULL,NULL,'person-c468a6396cc0','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r8c28d5bdd4531f85/0.3#1','r8c28d5bdd4531f85','0.3#1','0.3','task','Send order','agent','checker','agent-checker','completed',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000','2026-11-16 10:00:00.000000',NULL,NULL,NULL,1,0,1,'2026-11-16 09:00:00.000000',NULL,NULL,'agent-checker','2026-11-16 09:00:00.000000');
INSERT INTO "work_item" VALUES('r9b48c992100a76fc/0.0#1','r9b48c992100a76fc','0.0#1','0.0','task','Draft order','agent','drafter','agent-drafter','open',1,0,'[]',NULL,'2026-11-16 09:00:00.000000','2026-11-16 09:00:00.000000',NULL,NULL,NULL,NULL,1,0,0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE workflow_events (
    workflow_uuid TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, key),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE workflow_events_history (
    workflow_uuid TEXT NOT NULL,
    function_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, function_id, key),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid)
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE workflow_input (
    workflow_uuid TEXT NOT NULL PRIMARY KEY,
    inputs TEXT,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
);
INSERT INTO "workflow_input" VALUES('r9b48c992100a76fc/0.0#1/1/1','{"namedArgs":{},"positionalArgs":["r9b48c992100a76fc","0.0#1",1,1]}',1796044946000);
CREATE TABLE workflow_map (
	name VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	log VARCHAR(100) NOT NULL, 
	log_version INTEGER NOT NULL, 
	noise FLOAT NOT NULL, 
	variants INTEGER NOT NULL, 
	left_out JSON NOT NULL, 
	tree JSON NOT NULL, 
	dfg JSON NOT NULL, 
	profiles JSON NOT NULL, 
	notes TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(200) NOT NULL, selection TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_workflow_map PRIMARY KEY (name, version)
);
CREATE TABLE workflow_output (
    workflow_uuid TEXT NOT NULL PRIMARY KEY,
    output TEXT,
    error TEXT,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
);
CREATE TABLE workflow_schedules (
    schedule_id TEXT PRIMARY KEY,
    schedule_name TEXT NOT NULL UNIQUE,
    workflow_name TEXT NOT NULL,
    workflow_class_name TEXT,
    schedule TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'ACTIVE',
    context TEXT NOT NULL
, "last_fired_at" TEXT DEFAULT NULL, "automatic_backfill" BOOLEAN NOT NULL DEFAULT FALSE, "cron_timezone" TEXT DEFAULT NULL, "queue_name" TEXT DEFAULT NULL, "application_name" TEXT DEFAULT NULL);
CREATE TABLE workflow_status (
    workflow_uuid TEXT PRIMARY KEY,
    status TEXT,
    name TEXT,
    authenticated_user TEXT,
    assumed_role TEXT,
    authenticated_roles TEXT,
    request TEXT,
    output TEXT,
    error TEXT,
    executor_id TEXT,
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    updated_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    application_version TEXT,
    application_id TEXT,
    class_name TEXT DEFAULT NULL,
    config_name TEXT DEFAULT NULL,
    recovery_attempts INTEGER DEFAULT 0,
    queue_name TEXT,
    workflow_timeout_ms INTEGER,
    workflow_deadline_epoch_ms INTEGER,
    inputs TEXT,
    started_at_epoch_ms INTEGER,
    deduplication_id TEXT,
    priority INTEGER NOT NULL DEFAULT 0
, queue_partition_key TEXT, forked_from TEXT, "owner_xid" TEXT DEFAULT NULL, "parent_workflow_id" TEXT DEFAULT NULL, "serialization" TEXT DEFAULT NULL, "delay_until_epoch_ms" BIGINT DEFAULT NULL, "was_forked_from" BOOLEAN NOT NULL DEFAULT FALSE, "rate_limited" BOOLEAN NOT NULL DEFAULT FALSE, "completed_at" BIGINT, "attributes" TEXT, "schedule_name" TEXT, "debounce_deadline_epoch_ms" BIGINT DEFAULT NULL, "is_debounced" BOOLEAN NOT NULL DEFAULT FALSE, "application_name" TEXT DEFAULT NULL, "creator_xid" TEXT DEFAULT NULL);
INSERT INTO "workflow_status" VALUES('r9b48c992100a76fc/0.0#1/1/1','ENQUEUED','perform',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1796044946000,1796044946000,'1',NULL,NULL,NULL,0,'tandem-agents',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'portable_json',NULL,0,0,NULL,'null',NULL,NULL,0,'tandem','33e20f35-5996-4c78-8c4d-0b5c2cfc7be3');
CREATE TABLE workflow_version (
	name VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	status VARCHAR(20) NOT NULL, 
	definition JSON NOT NULL, 
	gates JSON NOT NULL, 
	map_name VARCHAR(100) NOT NULL, 
	map_version INTEGER NOT NULL, 
	policy_set INTEGER NOT NULL, 
	baseline VARCHAR(100) NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	proposed_by VARCHAR(200) NOT NULL, 
	signed_at DATETIME, 
	signed_by VARCHAR(200), 
	CONSTRAINT pk_workflow_version PRIMARY KEY (name, version)
);
INSERT INTO "workflow_version" VALUES('procurement',1,'promoted','{"form": 1, "name": "procurement", "version": 1, "tree": {"operator": "sequence", "children": [{"operator": "task", "label": "Draft order"}, {"operator": "parallel", "children": [{"operator": "task", "label": "Check budget"}, {"operator": "task", "label": "Check supplier"}]}, {"operator": "task", "label": "Approve order"}, {"operator": "task", "label": "Send order"}]}, "tasks": {"0.0": {"node": "0.0", "label": "Draft order", "doer": "agent", "role": "drafter", "action": "purchase_order.draft", "resource_type": "PurchaseOrder", "outcome": "agent", "agent": "agent-drafter", "fields": ["amount", "supplier"], "amount_field": "amount", "system": null, "sla_seconds": null, "timeout_seconds": 600.0, "max_attempts": 3, "retry_delay_seconds": 0.01, "escalation": ["manager"]}, "0.1.0": {"node": "0.1.0", "label": "Check budget", "doer": "agent", "role": "checker", "action": "purchase_order.check", "resource_type": "PurchaseOrder", "outcome": "agent", "agent": "agent-checker", "fields": [], "amount_field": null, "system": null, "sla_seconds": null, "timeout_seconds": 600.0, "max_attempts": 3, "retry_delay_seconds": 0.01, "escalation": ["manager"]}, "0.1.1": {"node": "0.1.1", "label": "Check supplier", "doer": "agent", "role": "checker", "action": "purchase_order.check", "resource_type": "PurchaseOrder", "outcome": "agent", "agent": "agent-checker", "fields": [], "amount_field": null, "system": null, "sla_seconds": null, "timeout_seconds": 600.0, "max_attempts": 3, "retry_delay_seconds": 0.01, "escalation": ["manager"]}, "0.2": {"node": "0.2", "label": "Approve order", "doer": "person", "role": "clerk", "action": "purchase_order.approve", "resource_type": "PurchaseOrder", "outcome": "human only", "agent": null, "fields": [], "amount_field": null, "system": null, "sla_seconds": null, "timeout_seconds": 600.0, "max_attempts": 3, "retry_delay_seconds": 0.01, "escalation": ["manager"]}, "0.3": {"node": "0.3", "label": "Send order", "doer": "agent", "role": "checker", "action": "purchase_order.send", "resource_type": "PurchaseOrder", "outcome": "agent", "agent": "agent-checker", "fields": [], "amount_field": null, "system": null, "sla_seconds": 3600.0, "timeout_seconds": 600.0, "max_attempts": 3, "retry_delay_seconds": 0.01, "escalation": ["manager"]}}, "decisions": {}, "sla_seconds": 86400.0, "map_name": "orders", "map_version": 1, "policy_set": 1, "baseline": "none", "max_loop": 20, "owner_role": "manager"}','[]','orders',1,1,'none','2026-01-05 08:00:00.000000','test',NULL,NULL);
CREATE INDEX ix_event_log_version_digest ON event_log_version (digest);
CREATE INDEX ix_pilot_import_digest ON pilot_import (digest);
CREATE INDEX ix_pilot_name_key ON pilot (name_key);
CREATE INDEX ix_pilot_activity_key ON pilot_activity ("key");
CREATE INDEX ix_pilot_system_key ON pilot_system ("key");
CREATE INDEX ix_pilot_data_key ON pilot_data ("key");
CREATE INDEX ix_map_override_map_name_map_version ON map_override (map_name, map_version);
CREATE INDEX ix_governance_assignment_role ON governance_assignment (role);
CREATE INDEX ix_governance_approval_status ON governance_approval (status);
CREATE INDEX ix_governance_approval_digest ON governance_approval (digest);
CREATE INDEX ix_audit_record_effect ON audit_record (effect);
CREATE INDEX ix_audit_record_about ON audit_record (about);
CREATE INDEX ix_audit_record_principal ON audit_record (principal);
CREATE TRIGGER audit_record_keep BEFORE DELETE ON audit_record BEGIN SELECT RAISE(ABORT, 'audit records are never removed'); END;
CREATE TRIGGER audit_payload_keep BEFORE DELETE ON audit_payload BEGIN SELECT RAISE(ABORT, 'audit records are never removed'); END;
CREATE TRIGGER audit_record_fixed BEFORE UPDATE ON audit_record BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
CREATE TRIGGER audit_record_append BEFORE INSERT ON audit_record WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit_record) BEGIN SELECT RAISE(ABORT, 'audit records are only appended'); END;
CREATE TRIGGER audit_payload_fixed BEFORE UPDATE ON audit_payload WHEN NEW.salt IS NOT NULL OR NEW.payload IS NOT NULL OR NEW.record <> OLD.record BEGIN SELECT RAISE(ABORT, 'audit payloads are only erased'); END;
CREATE TRIGGER audit_payload_append BEFORE INSERT ON audit_payload WHEN EXISTS (SELECT 1 FROM audit_payload WHERE record = NEW.record) BEGIN SELECT RAISE(ABORT, 'audit payloads are only erased'); END;
CREATE INDEX ix_kpi_baseline_log_version ON kpi_baseline (log, version);
CREATE TRIGGER kpi_baseline_no_update BEFORE UPDATE ON kpi_baseline BEGIN SELECT RAISE(ABORT, 'a baseline is frozen'); END;
CREATE TRIGGER kpi_baseline_no_delete BEFORE DELETE ON kpi_baseline BEGIN SELECT RAISE(ABORT, 'a baseline is frozen'); END;
CREATE INDEX ix_run_status ON run (status);
CREATE INDEX ix_run_workflow_started_at ON run (workflow, started_at);
CREATE INDEX ix_work_item_timeout_at ON work_item (timeout_at);
CREATE INDEX ix_work_item_status_doer_role ON work_item (status, doer, role);
CREATE INDEX ix_allowed_deviation_log ON allowed_deviation (log);
CREATE INDEX workflow_status_created_at_index ON workflow_status (created_at);
CREATE INDEX idx_workflow_topic ON notifications (destination_uuid, topic);
CREATE INDEX "idx_workflow_status_delayed" ON "workflow_status" ("delay_until_epoch_ms") WHERE status = 'DELAYED';
CREATE INDEX "idx_workflow_status_forked_from" ON "workflow_status" ("forked_from") WHERE "forked_from" IS NOT NULL;
CREATE INDEX "idx_workflow_status_parent_workflow_id" ON "workflow_status" ("parent_workflow_id") WHERE "parent_workflow_id" IS NOT NULL;
CREATE UNIQUE INDEX "uq_workflow_status_dedup_id" ON "workflow_status" ("queue_name", "deduplication_id") WHERE "deduplication_id" IS NOT NULL;
CREATE INDEX "idx_workflow_status_pending" ON "workflow_status" ("created_at") WHERE "status" = 'PENDING';
CREATE INDEX "idx_workflow_status_failed" ON "workflow_status" ("status", "created_at") WHERE "status" IN ('ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED');
CREATE INDEX "idx_workflow_status_rate_limited" ON "workflow_status" ("queue_name", "started_at_epoch_ms") WHERE "rate_limited" = TRUE;
CREATE INDEX "idx_workflow_status_completed_at" ON "workflow_status" ("completed_at") WHERE "completed_at" IS NOT NULL;
CREATE INDEX "idx_workflow_status_started_at" ON "workflow_status" ("started_at_epoch_ms") WHERE "started_at_epoch_ms" IS NOT NULL;
CREATE INDEX "idx_workflow_status_schedule_name" ON "workflow_status" ("schedule_name") WHERE "schedule_name" IS NOT NULL;
CREATE UNIQUE INDEX "uq_application_versions_owner_version"
    ON application_versions ("application_name", "version_name")
    WHERE "application_name" IS NOT NULL;
CREATE UNIQUE INDEX "uq_application_versions_unclaimed_version"
    ON application_versions ("version_name")
    WHERE "application_name" IS NULL;
CREATE INDEX idx_workflow_input_retention
    ON workflow_input (retention_timestamp);
CREATE INDEX idx_workflow_output_retention
    ON workflow_output (retention_timestamp);
CREATE INDEX idx_operation_outputs_retention
    ON operation_outputs (retention_timestamp);
CREATE INDEX "idx_workflow_status_in_flight_v2" ON "workflow_status" ("queue_name", "status", "priority", "created_at", "application_name") WHERE "status" IN ('ENQUEUED', 'PENDING');
CREATE INDEX "idx_workflow_status_partition_dequeue_v3" ON "workflow_status" ("queue_name", "status", "queue_partition_key", "priority", "created_at", "workflow_uuid", "application_name") WHERE "status" IN ('ENQUEUED', 'PENDING') AND "queue_partition_key" IS NOT NULL;
CREATE INDEX "idx_operation_outputs_completed_at_function_name_v2" ON "operation_outputs" ("completed_at_epoch_ms", "function_name", "application_name");
CREATE INDEX "idx_workflow_status_deadline" ON "workflow_status" ("workflow_deadline_epoch_ms") WHERE "status" IN ('ENQUEUED', 'PENDING', 'DELAYED') AND "workflow_deadline_epoch_ms" IS NOT NULL;
CREATE INDEX "idx_application_versions_timestamp" ON "application_versions" ("version_timestamp" DESC);
CREATE INDEX "idx_application_versions_owner_timestamp" ON "application_versions" ("application_name", "version_timestamp" DESC);
COMMIT;

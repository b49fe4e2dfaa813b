"""Common given names in several languages, in lower case without accents: they tell persons from products."""

_NAMES = """
aaron abdul abigail achim adam adrian adriana agnes agnieszka ahmed aitor alan albert alberto alejandra alejandro
alessandra alessandro alex alexander alexandra alfonso alfred ali alice alicia alison alvaro amanda amelia amy ana
anders andre andrea andreas andrew andrzej angel angela anita anja anke ann anna anne anneke annemarie annette anthony
antje anton antonio arjan arnaud arne arthur astrid ayse barbara barry bart bas beatrice beatriz ben benjamin bernard
bernd bert bianca bjorn bram brenda brian brigitte bruno camille carina carl carla carlos carmen carol carolina
caroline catherine cecile cedric charles charlotte chiara chloe chris christa christian christiane christina christine
christoph christophe christopher claire clara claudia claudio colin concepcion consuelo cornelia cristina daan dagmar
daniel daniela daniele danielle david davide deborah denis dennis derek diana diane diego dieter dimitri dirk dolores
dominik dominique donald dorothea douglas eduardo edward edwin elena elisa elisabeth elizabeth elke ellen els emilio
emily emma enrique eric erica erik erika ernst esther etienne eugenia eva evelyn ewa fabian fabio fatima federica
federico felipe felix fernanda fernando fiona florian fran frances francesca francesco francisca francisco franck
francois francoise frank franz fred frederic friedrich gabriel gabriela gabriele gary genevieve georg george gerald
gerard gerda gerhard gert giorgio giovanni giulia giuseppe gloria gonzalo graham grzegorz gudrun guido guillaume
guillermo gustavo hanna hannah hannes hans harald harry hassan heather heidi heike heinz helen helena helene helga
helmut hendrik henk henri henry herbert hilde holger hubert hugo ian ignacio ilse ines inge ingo ingrid irene iris
isabel isabella isabelle ivan jaap jacek jack jacob jacqueline jacques jaime jake james jan jane janet janina jasmin
jason javier jean jeff jeffrey jennifer jens jeroen jessica jesus jim joan joana joao joaquin jochen johan johanna
johannes john johnny jolanda jonas jonathan jordi jorg jorge joris jose josef josefa joseph joshua joyce juan juana
judith julia julian julie julien jurgen justin karel karen karin karl karsten katarzyna kate katharina katherine
kathleen kathrin katja katrin keith kelly kenneth kerstin kevin kim klaas klaus konrad kristin krzysztof kurt laetitia
lars laura laurence laurent lea leo leon leonardo leonie lidia lieke linda lisa lorena lotte louis louise luc luca
lucas lucia luciano ludwig luis luisa lukas luuk lydia maarten magdalena malgorzata manfred manon manuel manuela marc
marcel marcela marcello marco marcus marek margaret margarita margit margot maria mariana marianne marie marieke
marina mario marion marjan mark marko markus marlies marta martha martijn martin martina martine mary mateo mathias
mathieu mats matteo matthew matthias maud maurice mauro max maximilian megan melanie melissa mercedes michael michaela
michal michel michele michelle miguel mike milan miriam mohamed mohammed monica monika monique montserrat muhammad
nadia nadine nancy natalia natalie nathalie neil nick nicola nicolas nicole niels nils nina noah noelia norbert nuria
olaf olga oliver olivia olivier oscar otto pablo paola paolo pascal patricia patrick paul paula pauline pawel pedro
peter petra philip philipp philippe piero pierre piet pieter pilar piotr rachel rafael raffaele rainer ralf ralph
ramon raphael raquel raul raymond rebecca regina renate rene renee ricardo richard rik rita robert roberta roberto
robin rocio roger roland rolf roman ronald rosa rosario ruben rudi rudolf ruth ryan sabine sabrina salvador sam samuel
sander sandra sara sarah sascha scott sean sebastian sebastien serge sergio sharon silke silvia simon simone sofia
sofie sonia sonja sophia sophie stefan stefanie stefano steffen stephan stephanie stephen steven stuart sue susan
susana susanne sven svenja sylvia sylvie tamara tanja tatiana ted teresa thea theo theresa thierry thijs thomas tijs
tim timo tina tobias tom tomas tomasz toni torsten tracy ulrich ulrike urs ursula ute uwe valentina valeria valerie
vanessa vera veronica veronika veronique vicente victor victoria vincent virginia vittorio walter wendy werner wilhelm
willem william wim wolfgang wouter xavier yan yolanda yves yvonne zofia
"""

GIVEN_NAMES = frozenset(_NAMES.split())

"""Which pilots do the same work: proposals, ranked, with reasons; what people answer weighs. One file a question."""

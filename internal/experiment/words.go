package experiment

// Words are the words of an experiment in one language. What stands in braces is
// replaced by what the run came to: {guess.Tried}.
type Words struct {
	Title    string
	Question string
	Terms    string // what the words in it and in what there is to choose mean; "" for none

	Browser map[string]string // what each is called
	Variant map[string]string // what is different in it
	Act     map[string]string // a sentence of what is done
	Choice  map[string]string
	Wrong   map[string]string // the misconception behind a choice, for those who chose it and were surprised
	Verdict map[string]string // one large sentence
	Brief   map[string]string // the verdict in few words, for a list

	Why    map[string]string // why each variant comes to its verdict
	Site   string            // what a real site does
	Source string            // where that is written
}

package sessiontest

func insertConflict(t *try) {
	t.save("k", "first", 0)
	t.refused("k", 0)
	t.found("k", "first", 1)
}

func versionConflict(t *try) {
	t.save("k", "one", 0)
	t.save("k", "two", 1)
	t.save("k", "three", 2)
	for _, version := range []int64{0, 1, 2, 4, -1, 1 << 62} {
		t.refused("k", version)
		t.found("k", "three", 3)
	}
	t.refused("other", 3)
	t.missing("other")
}

func lostUpdate(t *try) {
	t.save("k", "start", 0)
	a, b := t.found("k", "start", 1), t.found("k", "start", 1)
	t.save("k", "a", a.Version)
	t.refused("k", b.Version)
	t.found("k", "a", 2)
}

func lateSave(t *try) {
	t.save("k", "before", 0)
	late := t.found("k", "before", 1)
	t.deleted("k", late.Version)
	t.refused("k", late.Version)
	t.missing("k")
	t.save("k", "anew", 0)
	t.found("k", "anew", 1)
}

func deleteOnly(t *try) {
	for _, key := range []string{"k", "K", "k1", "kk", "k:1"} {
		t.save(key, key, 0)
	}
	t.deleted("k", 0)
	t.missing("k")
	t.deleted("k", 0)
	t.conflicting("k", 1)
	for _, key := range []string{"K", "k1", "kk", "k:1"} {
		t.found(key, key, 1)
	}
}

func deleteVersion(t *try) {
	t.save("k", "one", 0)
	t.save("k", "two", 1)
	for _, version := range []int64{1, 3, -1} {
		t.conflicting("k", version)
		t.found("k", "two", 2)
	}
	t.deleted("k", 2)
	t.missing("k")
	t.save("k", "anew", 0)
	t.deleted("k", 0)
	t.missing("k")
}

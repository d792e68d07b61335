package rules

// InputsFrom takes everything the area reads out of a case, family facts too;
// single facts and verdicts can then be fixed. The error names what in the
// family cannot be so.
func (a *Area) InputsFrom(c *Case) (*Inputs, error) {
	w := &bench{}
	w.kin.areas = []*Area{a}
	if err := w.kin.build(a.dict, c); err != nil {
		return nil, err
	}
	w.facts.read(a.dict, c, &w.kin)
	in := a.Inputs()
	a.load(in.s, w)
	return in, nil
}

package rules

// describe fills in what the edition says of itself.
func (a *Area) describe() {
	a.info.ID = a.src.id
}

package sheet

import (
	"fmt"
	"strings"
)

type part struct{ name, text string }

// smallParts is everything but the sheets.
func (w *Workbook) smallParts() []part {
	const ns, rel = "http://schemas.openxmlformats.org/", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	var types, sheets, links, names strings.Builder
	for i, s := range w.sheets {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, n)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, appendEscaped(nil, strings.ReplaceAll(s.name, `"`, "'")), n, n)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, n, rel, n)
		if s.layout.FilterRow > 0 && s.row >= s.layout.FilterRow {
			fmt.Fprintf(&names, `<definedName name="_xlnm._FilterDatabase" localSheetId="%d" hidden="1">%s!%s</definedName>`, i, s.quotedName(), s.filterRange("$"))
		}
		fmt.Fprint(&names, s.printTitles(i))
	}
	if w.texts.count > 0 {
		types.WriteString(`<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>`)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%ssharedStrings" Target="sharedStrings.xml"/>`, len(w.sheets)+2, rel)
	}
	defined := ""
	if names.Len() > 0 {
		defined = `<definedNames>` + names.String() + `</definedNames>`
	}
	parts := []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="` + ns + `package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + ns + `package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook xmlns="` + ns + `spreadsheetml/2006/main" xmlns:r="` + ns + `officeDocument/2006/relationships"><bookViews><workbookView/></bookViews><sheets>` + sheets.String() + `</sheets>` + defined + `</workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="` + ns + `package/2006/relationships">` + links.String() + fmt.Sprintf(`<Relationship Id="rId%d" Type="%sstyles" Target="styles.xml"/>`, len(w.sheets)+1, rel) + `</Relationships>`},
		{"xl/styles.xml", styleSheet()},
	}
	if w.texts.count > 0 {
		parts = append(parts, w.texts.part())
	}
	return parts
}

// quotedName is the sheet's name as formulas refer to it.
func (s *Writer) quotedName() string {
	return "'" + string(appendEscaped(nil, strings.ReplaceAll(s.name, "'", "''"))) + "'"
}

// printTitles repeats the frozen rows and columns on every printed page, and
// leaves out what lies between them and FirstColumn.
func (s *Writer) printTitles(i int) string {
	var parts []string
	if n := s.layout.FrozenColumns; n > 0 {
		parts = append(parts, fmt.Sprintf("%s!$A:$%s", s.quotedName(), ColumnName(n-1)))
	}
	if n := s.layout.FrozenRows; n > 0 {
		parts = append(parts, fmt.Sprintf("%s!$1:$%d", s.quotedName(), n))
	}
	out := ""
	if from, to := s.layout.FirstColumn, len(s.layout.Widths); from > 0 && from < to && s.row > 0 {
		out = fmt.Sprintf(`<definedName name="_xlnm.Print_Area" localSheetId="%d">%s!$%s$1:$%s$%d</definedName>`, i, s.quotedName(), ColumnName(from), ColumnName(to-1), s.row)
	}
	if parts != nil {
		out += fmt.Sprintf(`<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s</definedName>`, i, strings.Join(parts, ","))
	}
	return out
}

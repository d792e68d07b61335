package consult

import "kindred/rules"

// What the pictures show is given, not worked out, so that a better engine or
// another wording moves no picture. It is the advice of the design's own
// pictures (shared/ui 03 and 05).

func cannedFH() *rules.Advice {
	const src = "CG71 appendix F"
	lipid := func(clause, value string) rules.Reason {
		return rules.Reason{Who: "Patient", Clause: clause, Value: value, Basis: "Untreated", When: "2026-11-02", Source: src, URL: "https://example.org"}
	}
	return &rules.Advice{Areas: []rules.AreaAdvice{
		{
			Area: "fh", Title: "Familial hypercholesterolaemia", Outcome: rules.MoreInformation, Edition: "FH 2026-11", Status: "transcribed",
			Headline: "Not yet: ask one question", Action: "Next: how old was her father at his heart attack?",
			Reason: "Not known yet: father's age at heart attack, tendon xanthoma",
			Criteria: []rules.CriterionVerdict{
				{
					ID: "fh.possible", Text: "Cholesterol above the line with an early heart attack in a relative", Verdict: "unknown", Source: src,
					For:     []rules.Reason{lipid("Total cholesterol above 7.5", "8.4 mmol/L"), lipid("LDL cholesterol above 4.9", "6.3 mmol/L")},
					Against: []rules.Reason{{Who: "Paternal uncle", Clause: "heart attack below 50", Value: "53 y", Basis: "from patient", Source: src}},
					Unknown: []rules.Reason{
						{Who: "Father", Clause: "Heart attack below 60", Value: "Not known", Source: src},
						{Who: "Relatives", Clause: "Cholesterol above 7.5", Value: "Not known", Source: src},
					},
				},
				{ID: "fh.definite", Text: "Cholesterol above the line with tendon xanthomata", Verdict: "unknown", Source: src},
			},
			Scores: []rules.ScoreResult{{
				ID: "fh.dlcn", Title: "Dutch score (DLCN)", Min: 3, Max: 11, Applies: "yes",
				Scale: []rules.ScoreBand{{Name: "unlikely", From: 0, To: 2}, {Name: "possible", From: 3, To: 5}, {Name: "probable", From: 6, To: 8}, {Name: "definite", From: 9, To: 18}},
			}},
			Provided: []string{"no FH variant known in the family (not asked)"},
			Next: []rules.Question{
				{
					Fact: "myocardial_infarction.age", Person: "f", Topic: "heart", Cost: 1, Question: "How old was her father at his heart attack?",
					Effects: []rules.Effect{{Answer: "under 60", Text: "meets Simon Broome possible"}, {Answer: "60 or over", Text: "stays open, cholesterol of relatives comes next"}},
				},
				{Fact: "sign.tendon_xanthoma", Person: "p", Cost: 2, Facts: []string{"sign.tendon_xanthoma", "sign.arcus_before_45"}, Question: "Are there xanthomata?"},
			},
		},
		notLynch(),
	}}
}

func notLynch() rules.AreaAdvice {
	return rules.AreaAdvice{
		Area: "lynch", Title: "Lynch syndrome", Code: "R210", Outcome: rules.NotIndicated, Edition: "Lynch 2026-11", Status: "transcribed",
		Headline: "Lynch genetic test not indicated", Action: "Do not request the Lynch test.", Reason: "Does not meet R210: 1 person affected, 3 needed.",
	}
}

func cannedLynch() *rules.Advice {
	a := notLynch()
	a.Outcome, a.Headline, a.Action = rules.TestTumour, "Not yet: test the tumour first", "Ask pathology for BRAF V600E on this tumour."
	a.Reason = "Bowel tumour: ask pathology for BRAF V600E"
	a.Pathways = []rules.PathwayResult{{ID: "lynch.dg27", Tumour: 0, Step: "BRAF", Possible: []string{"BRAF"}, Text: "Ask pathology for BRAF V600E on this tumour", Basis: "guidance", Source: "NICE DG27 1.1", Later: []rules.LaterStep{
		{Step: "R210", Text: "Offer the germline test (R210)", Verdict: "yes", If: "MLH1 methylation: not detected"},
		{Step: "STOP", Text: "The pathway ends", Verdict: "no", If: "BRAF V600E: V600E found"},
	}}}
	a.Criteria = []rules.CriterionVerdict{{
		ID: "lynch.family", Text: "Three relatives with a Lynch-related cancer", Verdict: "no", Source: "R210",
		Against: []rules.Reason{{Clause: "People with a Lynch-related cancer, 3 needed", Value: "2", Basis: "Asked to 2nd degree, both sides", Source: "R210"}},
	}}
	fh := rules.AreaAdvice{
		Area: "fh", Title: "Familial hypercholesterolaemia", Outcome: rules.MoreInformation, Edition: "FH 2026-11", Status: "transcribed",
		Headline: "Not yet: nothing asked", Reason: "Not known yet: LDL, TC",
		Next: []rules.Question{{Fact: "lipid.ldl", Person: "p", Cost: 5, Question: "What is the LDL cholesterol before any treatment?"}},
	}
	return &rules.Advice{Areas: []rules.AreaAdvice{fh, a}}
}

// cannedUrgent is a red flag.
func cannedUrgent() *rules.Advice {
	adv := cannedFH()
	a := &adv.Areas[0]
	a.Outcome, a.Urgent, a.Headline, a.Action = rules.Refer, true, "Urgent: stop the statin", "Refer urgently to the lipid clinic."
	a.Reason, a.Next = "Pregnant and on a statin", nil
	a.Flags = []rules.Flag{{ID: "fh.pregnancy", Urgent: true, Text: "pregnant and on a statin"}}
	return adv
}

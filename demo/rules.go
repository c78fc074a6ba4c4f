package demo

import (
	"context"

	"gridwork/domain/calendar"
	"gridwork/domain/escalation"
	"gridwork/domain/routing"
	"gridwork/domain/standard"
	"gridwork/pg"
)

type ruleFile struct {
	Note  string `json:"note"`
	Rules []struct {
		named
		Conditions routing.Conditions `json:"conditions"`
		Outcome    routing.Outcome    `json:"outcome"`
	} `json:"rules"`
}

// Rules is the routing rule set of the demo city, ready to be published.
func Rules() routing.RuleSet {
	set := routing.RuleSet{Note: "演示城市的派遣规则"}
	for _, r := range ruleData().Rules {
		set.Rules = append(set.Rules, routing.Rule{Code: r.Code, NameZH: r.NameZH, NameEN: r.NameEN,
			Conditions: r.Conditions, Outcome: r.Outcome})
	}
	return set
}

type ladderFile struct {
	Note    string `json:"note"`
	Ladders []struct {
		named
		Steps escalation.Steps `json:"steps"`
	} `json:"ladders"`
}

// Ladders are the three ladders that the rules name, urgent, standard and routine, before they have versions.
func Ladders() []escalation.Ladder {
	var ladders []escalation.Ladder
	for _, l := range ladderData().Ladders {
		ladders = append(ladders, escalation.Ladder{Code: l.Code, NameZH: l.NameZH, NameEN: l.NameEN, Steps: l.Steps})
	}
	return ladders
}

// Policies publishes what the city has agreed on: the official working calendar, the standards, the ladders, and the rules
// that name them. The transaction's actor is the system or an administrator.
func Policies(ctx context.Context, tx *pg.Tx) error {
	official, err := calendar.Official(2025, 2026)
	if err != nil {
		return err
	}
	if _, err := calendar.Publish(ctx, tx, official); err != nil {
		return err
	}
	if _, err := standard.Publish(ctx, tx, Standards()); err != nil {
		return err
	}
	for _, ladder := range Ladders() {
		if _, err := escalation.Publish(ctx, tx, ladder); err != nil {
			return err
		}
	}
	_, err = routing.Publish(ctx, tx, Rules())
	return err
}

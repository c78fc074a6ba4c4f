package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"gridwork/domain/compliance"
)

func TestTheExitCodeSaysWhetherEveryRuleIsKept(t *testing.T) {
	t.Parallel()
	var kept, broken bytes.Buffer
	rulings := []compliance.Ruling{{Rule: compliance.Rules[0]}, {Rule: compliance.Rules[1]}}
	if err := rule(&kept, rulings); err != nil || strings.Contains(kept.String(), "FAIL") || !strings.Contains(kept.String(), rulings[0].Met) {
		t.Errorf("%v:\n%s", err, &kept)
	}
	rulings[1].Findings = []string{"patrols.point holds where people were"}
	if err := rule(&broken, rulings); !errors.Is(err, errFormalism) {
		t.Errorf("a rule that is not kept: %v", err)
	}
	for _, want := range []string{"ok    " + rulings[0].Key, "FAIL  " + rulings[1].Key, rulings[1].AsksZH, rulings[1].Source, "- patrols.point"} {
		if !strings.Contains(broken.String(), want) {
			t.Errorf("%q is not printed:\n%s", want, &broken)
		}
	}
}

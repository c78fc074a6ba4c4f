package graph

import (
	"slices"
	"strings"
	"testing"

	"gridwork/actor"
	"gridwork/domain/casework"
	"gridwork/domain/cell"
	"gridwork/domain/clue"
	"gridwork/domain/consignment"
	"gridwork/domain/day"
	"gridwork/domain/device"
	"gridwork/domain/escalation"
	"gridwork/domain/fieldwork"
	"gridwork/domain/inspection"
	"gridwork/domain/likeness"
	"gridwork/domain/measure"
	"gridwork/domain/media"
	"gridwork/domain/notify"
	"gridwork/domain/place"
	"gridwork/domain/regrid"
	"gridwork/domain/routing"
	"gridwork/domain/safety"
	"gridwork/domain/sampling"
	"gridwork/domain/staff"
	"gridwork/domain/standard"
	"gridwork/domain/visit"
)

// A value that the domain knows and the schema does not breaks the clients that generate their types from the schema.
func TestTheSchemaAndTheDomainKnowTheSameWords(t *testing.T) {
	t.Parallel()
	for enum, known := range map[string][]string{
		"Role":                words(actor.Roles),
		"CategoryKind":        words(standard.Kinds),
		"ClueState":           words(clue.States),
		"ClueSource":          words(clue.Sources),
		"ClueAction":          words(clue.Actions),
		"TrackStage":          words(clue.Stages),
		"VerifyState":         words(clue.TaskStates),
		"ReferralService":     words(clue.Services),
		"CaseState":           words(casework.States),
		"CaseAction":          words(offered()),
		"AddressKind":         words(place.AddressKinds),
		"Risk":                words(place.Risks),
		"DisputeOutcome":      words(casework.DisputeOutcomes),
		"SentUpTo":            words(casework.SentUpTos),
		"DisputeStepKind":     words(casework.DisputeStepKinds),
		"MediationResult":     words(casework.MediationResults),
		"PhotoGrade":          words(media.Grades),
		"PhotoDoubt":          words(media.Doubts),
		"DuplicateAspect":     words(likeness.Aspects),
		"RuleSetState":        words(routing.SetStates),
		"RuleSeverity":        words(routing.Severities),
		"RequestKind":         words(casework.RequestKinds),
		"RequestState":        words(casework.RequestStates),
		"CheckState":          words(casework.CheckStates),
		"ClockStage":          words(escalation.Stages),
		"ItemKind":            words(inspection.ItemKinds),
		"Severity":            words(inspection.Severities),
		"InspectedPlaces":     words(inspection.AllPlaces),
		"PlanUnit":            words(inspection.Units),
		"CampaignState":       words(inspection.CampaignStates),
		"Stretch":             words(measure.Stretches),
		"InspectionTaskState": words(inspection.TaskStates),
		"TaskCameBy":          words(inspection.CameBys),
		"DayStopKind":         words(day.Kinds),
		"DayStopReason":       words(day.Whys),
		"CellWork":            words(cell.Works),
		"CellEditState":       words(regrid.States),
		"UnreachedReason":     words(inspection.UnreachedReasons),
		"Hindrance":           words(inspection.Hindrances),
		"TaskEventKind":       words(inspection.TaskEventKinds),
		"TaskAction":          words(inspection.TaskActions),
		"AnswerOutcome":       words(inspection.Outcomes),
		"LadderAction":        words(escalation.Actions),
		"LadderLevel":         words(escalation.Levels),
		"LadderQuiet":         words(escalation.Quiets),
		"LadderOccasion":      words(escalation.Occasions),
		"SimulationEnd":       words(escalation.Ends),
		"DeadlineState":       words(casework.DeadlineStates),
		"RederivationState":   words(casework.RederivationStates),
		"GrantRequestState":   words(staff.RequestStates),
		"DutyPart":            words(staff.Parts),
		"ImportKind":          words(consignment.Kinds),
		"ImportState":         words(consignment.States),
		"DeviceAlgorithm":     words(device.Algorithms),
		"Stratification":      words(sampling.Stratifications),
		"SampleState":         words(sampling.States),
		"ReinspectionVerdict": words(sampling.Verdicts),
		"ReinspectionState":   words(sampling.Steps),
		"ConflictReason":      words(fieldwork.Reasons),
		"ConflictState":       words(fieldwork.ConflictStates),
		"HeldState":           words(fieldwork.HeldStates),
		"MessageKind":         words(notify.Kinds),
		"VisitVerdict":        words(visit.Verdicts),
		"AlarmKind":           words(safety.Kinds),
		"AlarmState":          words(safety.States),
		"AlarmOutcome":        words(safety.Outcomes),
		"AlarmAction":         words(safety.Actions),
		"AlarmEventKind":      words(safety.EventKinds),
	} {
		definition := schema().Types[enum]
		if definition == nil {
			t.Errorf("the schema has no enum %s", enum)
			continue
		}
		var declared []string
		for _, v := range definition.EnumValues {
			declared = append(declared, v.Name)
		}
		slices.Sort(declared)
		slices.Sort(known)
		if !slices.Equal(declared, known) {
			t.Errorf("%s: the schema says %v, the domain %v", enum, declared, known)
		}
	}
}

// offered are the actions that some person can be offered; the others are the platform's own.
func offered() []casework.Action {
	return slices.DeleteFunc(casework.AllActions(), func(a casework.Action) bool {
		return !slices.ContainsFunc(casework.Flow, func(row casework.Row) bool {
			return row.Do == a && slices.ContainsFunc(row.By, func(p casework.Party) bool { return p != casework.Platform })
		})
	})
}

func words[T ~string](values []T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = strings.ToUpper(string(v))
	}
	return list
}

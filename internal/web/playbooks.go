package web

import (
	"context"

	"behold"
	plans "behold/internal/task"
)

// Playbooks is what the company does for a reason, and in which words.
type Playbooks interface {
	// Playbooks are those that the company made its own.
	Playbooks(context.Context) ([]behold.Playbook, error)
	// SavePlaybook is Conflict when the playbook is no longer as it was.
	SavePlaybook(ctx context.Context, was, is behold.Playbook, who string) error
	ResetPlaybook(ctx context.Context, was, ours behold.Playbook, who string) error
	Wordings(context.Context) ([]behold.Wording, error)
	SaveWording(ctx context.Context, w behold.Wording, who string) error
	ResetWording(ctx context.Context, w behold.Wording, who string) error
}

// playbooks are what is done for every reason.
func (s *server) playbooks(ctx context.Context) ([]behold.Playbook, error) {
	own, err := s.Books.Playbooks(ctx)
	return plans.With(own), err
}

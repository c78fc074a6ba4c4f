package server

import (
	"encoding/base64"
	"fmt"
	"path/filepath"

	"gridwork/domain/badge"
	"gridwork/domain/visit"
)

// badges signs what grid workers show at doors.
func (c Config) badges() (badge.Key, error) { return c.secret("BADGE_KEY", c.BadgeKey, "badge.key") }

// visits makes the codes that hang at premises.
func (c Config) visits() (visit.Key, error) { return c.secret("VISIT_KEY", c.VisitKey, "visit.key") }

// secret is a setting of 32 bytes. In demo mode a missing one is made once and kept under a name in DATA_DIR/keys.
func (c Config) secret(setting, text, kept string) ([]byte, error) {
	var err error
	if text == "" && c.Mode == Demo {
		if text, err = keyring(filepath.Join(c.DataDir, "keys")).secret(kept); err != nil {
			return nil, err
		}
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", setting, err)
	}
	return key, nil
}

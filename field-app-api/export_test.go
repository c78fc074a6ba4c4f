package fieldapi

// Routes are those of the package, as "POST /path".
func Routes() (all []string) {
	for _, r := range (Deps{}).routes() {
		all = append(all, r.method+" "+r.path)
	}
	return all
}

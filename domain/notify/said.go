package notify

// TitleZH is the message's title in Chinese.
func (m Message) TitleZH() string { title, _ := Render(m, "zh"); return title }

// TitleEN is the message's title in English.
func (m Message) TitleEN() string { title, _ := Render(m, "en"); return title }

// BodyZH is the message's text in Chinese.
func (m Message) BodyZH() string { _, body := Render(m, "zh"); return body }

// BodyEN is the message's text in English.
func (m Message) BodyEN() string { _, body := Render(m, "en"); return body }

### Alle Wörter, die Berichte drucken und die nicht aus dem Register stammen. Jede Sprache hat dieselben Meldungen.

## Wörter, die an der Stelle einer Angabe stehen
unknown = nicht bekannt
not-applicable = entfällt
followed = übernommen
not-followed = nicht übernommen
total = Gesamt

## Zahlen, Daten, Aufzählungen
per-cent = { $n } %
ratio = { $part } von { $whole }
date-day = { $day }. { $month } { $year }
date-month = { $month } { $year }
date-day-in-month = { $day }.
date-day-in-year = { $day }. { $month }
date-month-in-year = { $month }
period-in-month = { $from }–{ $to }
period-full = { $from } – { $to }
period-from = ab { $from }
period-to = bis { $to }
colon = { ": " }
semicolon = { "; " }
list-and = { $most } und { $last }
qualified-exact = { $n }
qualified-over = über { $n }
qualified-about = etwa { $n }
qualified-up_to = bis zu { $n }
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember

## Die Seiten
page-of = Seite { $page } von { $pages }
footer = { $publisher } · Stand des Registers: { $date }
contents = Inhalt
illustrative-notice = Beispiel: Alles in diesem Bericht wurde zur Vorführung der Software erfunden. Es beschreibt keine wirkliche Arbeit und darf nicht zitiert werden.
illustrative-mark = BEISPIEL – KEINE ECHTEN DATEN
colophon = Die Zahlen dieses Berichts sind dieser Datei als JSON beigefügt. SHA-256 der Anlage: { $hash }
attachment = Zahlen und Texte dieses Berichts, maschinenlesbar

## Die erste Seite
tile-period = Laufzeit
tile-agreements-until = Vereinbarungen mit Zuwendungsgebern bis { $date }
tile-status = Status
tile-money = Vereinbarte Mittel
tile-money-unstated = { $count ->
    [one] 1 Vereinbarung nennt keinen Betrag
   *[other] { $count } Vereinbarungen nennen keinen Betrag
}
tile-places = Wo
count-places = { $count ->
    [one] 1 Ort
   *[other] { $count } Orte
}
count-countries = { $count ->
    [one] 1 Land
   *[other] { $count } Länder
}

## Abschnitte
section-key-data = Eckdaten
section-acknowledgement = Förderhinweis
section-description = Über das Programm
section-participants = Beteiligte Organisationen
section-places = Orte
section-classification = Sektoren und Ziele
section-results = Wirkungen und Leistungen
section-events = Veranstaltungen
section-replications = Übernahme guter Praxis
section-dialogue = Politikdialog
section-recommendations = Empfehlungen und Fahrpläne
section-finance = Finanzen
section-stated-figures = Zahlenangaben der Quellen
section-conflicts = Widersprüche zwischen den Quellen
section-risks = Risiken
section-documents = Dokumente und Quellen
section-provenance = Über diesen Bericht
empty-key-data = Weiteres ist zu diesem Programm nicht erfasst.
empty-acknowledgement = Für dieses Programm ist kein Zuwendungsgeber erfasst.
empty-description = Das Register enthält keine Beschreibung dieses Programms.
empty-participants = Das Register enthält keine beteiligten Organisationen zu diesem Programm.
empty-places = Das Register enthält keine Orte zu diesem Programm.
empty-classification = Das Register enthält keine Sektoren oder Ziele zu diesem Programm.
empty-results = Das Register enthält keine Wirkungsmatrix zu diesem Programm.
empty-events = Das Register enthält keine Veranstaltungen dieses Programms.
empty-replications = Das Register enthält keine Stadt, die im Rahmen dieses Programms eine gute Praxis übernimmt.
empty-dialogue = Das Register enthält keinen Politikdialog dieses Programms.
empty-recommendations = Das Register enthält keine Empfehlungen dieses Programms.
empty-finance = Das Register enthält keine Vereinbarungen, kein Budget und keine Transaktionen zu diesem Programm. Das bedeutet nicht, dass es keine gab.
empty-stated-figures = Das Register enthält keine Zahlenangaben der Quellen zu diesem Programm.
empty-conflicts = Die zu diesem Programm erfassten Quellen widersprechen einander nicht.
empty-risks = Das Register enthält keine Risiken zu diesem Programm.
empty-documents = Das Register enthält keine Dokumente zu diesem Programm.
empty-provenance = Wie dieser Bericht entstanden ist, ist nicht bekannt.
heading-agreements = Vereinbarungen mit Zuwendungsgebern
heading-budget = Budget und Ausgaben
heading-transactions = Zahlungsbewegungen
heading-in-kind = Sachleistungen
heading-rates = Erfasste Wechselkurse
heading-outcomes = Ergebnisse der Veranstaltungen
heading-advocacy = Interessenvertretung
heading-road-maps = Fahrpläne

## Bezeichnungen
fact-part-of = Teil von
fact-status = Status
fact-period = Laufzeit
fact-planned = Geplante Laufzeit
fact-actual = Tatsächliche Laufzeit
fact-countries = Länder
fact-reporting = Berichtende Organisation
fact-identifier = IATI-Kennung
fact-related = Verwandte Programme
fact-sectors = Sektoren (DAC)
fact-sdgs = Ziele für nachhaltige Entwicklung
fact-markers = Kennungen (DAC)
fact-priorities = Als Prioritäten gewählt
fact-vote-period = Zeitraum der Abstimmung
fact-question = Frage
fact-voters = Stimmberechtigte
fact-rule = Abstimmungsregel
fact-options = Empfehlungen auf dem Stimmzettel
fact-stated = Angaben der Quellen
fact-sources = Quellen
fact-snapshot = Register abgerufen am
fact-revision = Revision
fact-code = Kennung im Register
fact-audience = Erstellt für
fact-publisher = Herausgeber
fact-nothing-on = Nichts erfasst zu
fact-contact = Kontakt

## Spalten
column-organisation = Organisation
column-country = Land
column-through = Vermittelt durch
column-note = Anmerkung
column-place = Ort
column-level = Ebene
column-what = Gegenstand
column-share = Anteil
column-indicator = Indikator
column-baseline = Ausgangswert
column-target = Zielwert
column-actual = Istwert
column-achieved = Erreicht
column-figure = Angabe
column-stated = Laut Quelle
column-registered = Im Register gezählt
column-as-of = Stand
column-source = Quelle
column-statement = Aussage der Quelle
column-followed = Register
column-risk = Risiko
column-likelihood = Wahrscheinlichkeit
column-impact = Auswirkung
column-mitigation = Gegenmaßnahmen
column-owner = Überwacht durch
column-status = Status
column-funder = Zuwendungsgeber
column-reference = Aktenzeichen
column-signed = Unterzeichnet
column-period = Laufzeit
column-funder-share = Förderanteil
column-ceiling = Aktueller Höchstbetrag
column-number = Nr.
column-line = Budgetlinie
column-budget = Budget
column-spent = Ausgegeben
column-variance = Rest
column-spent-share = Ausgegeben in %
column-kind = Art
column-count = Anzahl
column-first = Erste
column-last = Letzte
column-amount = Betrag
column-date = Datum
column-what-for = Verwendungszweck
column-voucher = Beleg
column-contributor = Erbracht von
column-valued = Bewertet durch, Grundlage
column-value = Wert
column-rate = Kurs
column-event = Veranstaltung
column-women = Frauen
column-men = Männer
column-unstated = Ohne Angabe
column-withheld = Nicht offengelegt
column-in-all = Gesamt
column-outcome = Ergebnis
column-practice = Gute Praxis
column-city = Übernommen von
column-stage = Letzter Stand
column-result = Ergebnis
column-recommendation = Empfehlung
column-addressee = Adressat
column-action = Maßnahme
column-reply = Antwort
column-step = Schritt
column-responsible = Zuständig
column-due = Frist
column-cluster = Städtegruppe
column-eligible = Berechtigt
column-valid = Gültig
column-spoiled = Ungültig
column-turnout = Beteiligung
column-all-clusters = Alle
column-rank = Rang
column-priority = Priorität

## Sätze
results-note = Ausgangswert, Zielwert und Istwert wie erfasst. „Erreicht“ ist der zurückgelegte Anteil des Weges vom Ausgangswert zum Zielwert; ohne Ausgangswert wird von null an gerechnet.
results-covered = Zeitraum: { $period }. Werte einzelner Zeiträume werden zusammengezählt; bei einem kumulativen Indikator zählt der letzte.
no-baseline = nicht angegeben
no-target = kein Zielwert festgelegt
no-actual = nicht berichtet
no-indicators = Zu diesem Ergebnis ist kein Indikator erfasst.
assumption = Annahme:
verification = Quellen der Nachprüfbarkeit:
less-is-better = (weniger ist besser)
targets-for-some = Ein Zielwert ist für { $given } von { $all } Zeiträumen festgelegt; die Summe umfasst nur diese.
breakdown-partial = Die Aufschlüsselung nach { $by } deckt nicht das Ganze ab.
became-now = heute { $name }
became-part-of = gehört zu { $name }
became-since = seit { $date }
became-since-day = seit dem { $date }
became-ended = bestand bis { $date }
became-ended-in = bestand bis { $date }; das Gebiet gehört jetzt zu { $name }
registered-as = im Register: { $name }
as-written = im Wortlaut: „{ $text }“
stated-figures-note = Zahlen, die eine Quelle nennt. Sie werden wie angegeben gezeigt und nicht zu dem hinzugerechnet, was das Register zählt.
conflicts-note = Jede Aussage wird mit ihrer Quelle aufbewahrt. Das Register folgt der fett gedruckten Aussage.
published-on = Veröffentlichung: { $date }
modified-on = zuletzt geändert: { $date }
locator-paragraph = Absatz { $n }
locator-page = Seite { $n }
locator-section = Abschnitt { $n }
locator-table = Tabelle { $n }
locator-caption = Bildunterschrift { $n }
locator-title = Titel
locator-footer = Fußzeile
budget-note = „Ausgegeben“ umfasst die auf der Budgetlinie verbuchten Auszahlungen und Ausgaben. In anderer Währung Ausgegebenes wird nach der Regel der Vereinbarung umgerechnet, wo ein Kurs erfasst ist; sonst steht es daneben und wird weder addiert noch verglichen.
budget-caption = Budget in { $currency }
budget-original = ursprüngliches Budget { $amount }
budget-unbooked = Außerhalb der obigen Budgetlinien ausgegeben: { $amount }.
not-eligible = nicht zuwendungsfähig
ceiling-original = Höchstbetrag bei Unterzeichnung: { $amount }
amendment-ceiling = Höchstbetrag { $amount }
amendment-end = Ende: { $date }
instalments-paid = Raten: { $paid } von { $all } gezahlt, { $amount } von { $whole }
instalments-none-paid = Raten: { $all }, insgesamt { $whole }; keine Zahlung erfasst
transactions-caption = Letzte Zahlungsbewegungen: { $shown } von { $all }
in-kind-note = Sachleistungen werden gesondert bewertet und sind in den obigen Mitteln nicht enthalten.
not-valued = nicht bewertet
present-uncounted = Anwesend, ohne Angabe der Zahl:
road-map-without-steps = Die Quellen nennen keinen Schritt dieses Fahrplans.
event-motto = „{ $motto }“
events-note = Wer mit einer Delegation kam, ist in deren Zeile gezählt und nicht zu den Teilnehmenden der Veranstaltung hinzugerechnet.
event-visited = von anderen ausgerichtet; eine Delegation des Programms nahm teil
delegation = Delegation:
total-attendances = Teilnahmen insgesamt
at-least = mindestens { $n }
withheld = nicht offengelegt
withheld-note = Zahlen unter fünf und solche, aus denen sie sich errechnen ließen, werden nicht offengelegt, damit niemand daran erkannt wird.
practice-of = Herkunft: { $city }
rule-picks = Empfehlungen, die auf jedem Stimmzettel zu wählen sind: { $minimum } bis { $maximum }
rule-picks-exactly = Empfehlungen, die auf jedem Stimmzettel zu wählen sind: genau { $n }
rule-places = Empfehlungen, die zu Prioritäten werden: { $n }
turnout-caption = Stimmzettel nach Städtegruppe
votes-caption = Stimmen für die einzelnen Empfehlungen
votes-note = Die Beteiligung schließt ungültige Stimmzettel ein. Die Spalten A, B … der folgenden Tabelle sind die oben mit diesem Buchstaben bezeichneten Städtegruppen. Auf einem gültigen Stimmzettel können mehrere Empfehlungen gewählt sein; daher gibt es mehr Stimmen als Stimmzettel.
priority = Priorität
priorities-tied = Wegen Stimmengleichheit gibt es mehr Prioritäten als vorgesehene Plätze; die Regel lässt das zu.
dialogue-no-result = Das Ergebnis der Abstimmung ist nicht öffentlich, oder das Register enthält keine Stimmzettel; daher werden hier keine Stimmen und Ränge angegeben.
language-marks-note = Ein kleines Kürzel wie VI nach einem Text nennt dessen Sprache, wenn das Register keine Fassung in der Sprache dieses Berichts enthält.
acknowledgement-funded-by = Zuwendungsgeber: { $funders }.
acknowledgement-co-funded-by = Gemeinsam finanziert durch: { $funders }.
acknowledgement-also-funded-by = Außerdem finanziert durch: { $funders }.
audience-public = die Öffentlichkeit

## Geschlossene Listen
lang-vi = auf Vietnamesisch
lang-en = auf Englisch
lang-fr = auf Französisch
lang-de = auf Deutsch
level-programme = Programm
level-project = Projekt
level-component = Komponente
status-pipeline = In Vorbereitung
status-implementation = In Durchführung
status-finalisation = In der Abschlussphase
status-closed = Abgeschlossen
status-cancelled = Eingestellt
status-suspended = Ausgesetzt
role-funding = Finanzierung
role-accountable = Gesamtverantwortung
role-extending = Mittelverwaltung für den Zuwendungsgeber
role-implementing = Durchführung
relation-precedes = Vorläufer
relation-sibling = Parallel dazu
relation-co_funded = Kofinanziert mit
relation-same_activity = Dieselbe Maßnahme, von anderer Stelle gemeldet
relation-part = Umfasst
relation-follows = Nachfolger
result-impact = Übergeordnete Wirkung (Impact)
result-outcome = Wirkung (Outcome)
result-immediate_outcome = Unmittelbare Wirkung
result-output = Leistung (Output)
result-other = Ergebnis
dimension-sex = Geschlecht
dimension-city = Stadt
dimension-other = Sonstiges
sex-women = Frauen
sex-men = Männer
sex-female = Frauen
sex-male = Männer
sex-unstated = Geschlecht nicht angegeben
sex-withheld = Geschlecht nicht offengelegt
rate-rule-transaction_date = Kurs am Tag der Transaktion
rate-rule-report_date = Kurs am Tag des Berichts
amendment-top_up = Aufstockung
amendment-no_cost_extension = Kostenneutrale Verlängerung
amendment-revision = Änderung
transaction-incoming_funds = Mitteleingang
transaction-outgoing_commitment = Erteilte Zusage
transaction-disbursement = Auszahlung
transaction-expenditure = Ausgabe
transaction-interest_payment = Zinszahlung
transaction-loan_repayment = Darlehenstilgung
transaction-reimbursement = Erstattung
transaction-purchase_of_equity = Erwerb von Beteiligungen
transaction-sale_of_equity = Veräußerung von Beteiligungen
transaction-credit_guarantee = Kreditgarantie
transaction-incoming_commitment = Erhaltene Zusage
transaction-outgoing_pledge = Abgegebene Ankündigung
transaction-incoming_pledge = Erhaltene Ankündigung
organisation-government = Regierung
organisation-local_government = Kommunalverwaltung
organisation-other_public_sector = öffentlicher Sektor
organisation-international_ngo = internationale NRO
organisation-national_ngo = nationale NRO
organisation-regional_ngo = regionale NRO
organisation-public_private_partnership = öffentlich-private Partnerschaft
organisation-multilateral = multilaterale Organisation
organisation-foundation = Stiftung
organisation-private_sector = Privatwirtschaft
organisation-academic = Wissenschaftseinrichtung
organisation-other = Sonstige
document-web_page = Webseite
document-news = Nachricht
document-report = Bericht
document-plan = Plan
document-agreement = Vereinbarung
document-project_profile = Projektkurzbeschreibung
document-photograph = Foto
document-other = Dokument
qualifier-exact = genau
qualifier-over = über
qualifier-about = etwa
qualifier-up_to = bis zu
likelihood-low = gering
likelihood-medium = mittel
likelihood-high = hoch
risk-status-open = offen
risk-status-occurred = eingetreten
risk-status-closed = erledigt
event-conference = Konferenz
event-workshop = Workshop
event-training = Schulung
event-meeting = Sitzung
event-study_tour = Studienreise
event-visit = Besuch
event-ceremony = Festakt
event-other = sonstige Veranstaltung
participants-national_government = nationale Behörden
participants-local_government = Kommunalverwaltungen
participants-association = Verbände
participants-civil_society = Zivilgesellschaft
participants-academia = Wissenschaft
participants-press = Presse
participants-funder = Zuwendungsgeber und internationale Organisationen
participants-private_sector = Privatwirtschaft
participants-expert = Fachleute
participants-staff = Personal
participants-other = Sonstige
outcome-decision = Beschluss
outcome-agreement = Vereinbarung
outcome-lesson = Erkenntnis
outcome-assessment = Bewertung
outcome-next_step = Nächster Schritt
stage-proposed = vorgeschlagen
stage-chosen = ausgewählt
stage-planned = geplant
stage-underway = in Durchführung
stage-completed = abgeschlossen
stage-evaluated = evaluiert
stage-sustained = verstetigt
stage-stopped = aufgegeben
recommendation-proposed = vorgeschlagen
recommendation-agreed = vereinbart
recommendation-prioritised = als Priorität ausgewählt
recommendation-submitted = eingereicht
recommendation-accepted = zumindest teilweise angenommen
recommendation-implemented = in Umsetzung
recommendation-rejected = abgelehnt
step-planned = geplant
step-underway = in Arbeit
step-done = erledigt
step-dropped = aufgegeben
advocacy-letter = Schreiben
advocacy-meeting = Gespräch
advocacy-comment = Stellungnahme zu einem Entwurf
advocacy-other = Sonstige Maßnahme
advocacy-status-drafted = in Vorbereitung
advocacy-status-sent = versandt oder durchgeführt
advocacy-status-answered = beantwortet
advocacy-status-closed = abgeschlossen
dialogue-status-preparing = in Vorbereitung
dialogue-status-open = Abstimmung läuft
dialogue-status-closed = Abstimmung beendet
dialogue-status-published = veröffentlicht
secrecy-named = jeder Stimmzettel nennt die Stadt, die ihn abgegeben hat
secrecy-anonymous = die Stimmzettel nennen keine Namen
tie-all_win = bei Stimmengleichheit: Alle werden zu Prioritäten
tie-more_clusters = bei Stimmengleichheit: die Empfehlung, die in mehr Städtegruppen vorn liegt
tie-ballot_order = bei Stimmengleichheit: die Empfehlung, die auf dem Stimmzettel weiter vorn steht
authority-region = Region
authority-province = Provinz
authority-municipality = zentral verwaltete Stadt
authority-city = Stadt
authority-district = Distrikt
authority-town = Kleinstadt
authority-commune = Gemeinde
authority-ward = Stadtviertel
significance-0 = nicht als Ziel verfolgt
significance-1 = Nebenziel
significance-2 = Hauptziel
significance-3 = Hauptziel, eigenes Programm
significance-4 = ausdrückliches vorrangiges Ziel
marker-1 = Gleichberechtigung der Geschlechter
marker-2 = Umwelt- und Ressourcenschutz
marker-3 = Partizipative Entwicklung, gute Regierungsführung
marker-4 = Handelsentwicklung
marker-5 = Biologische Vielfalt
marker-6 = Klimaschutz (Minderung)
marker-7 = Anpassung an den Klimawandel
marker-8 = Desertifikationsbekämpfung
marker-9 = Reproduktive Gesundheit, Mütter- und Kindergesundheit
marker-10 = Katastrophenvorsorge
marker-11 = Inklusion von Menschen mit Behinderungen
marker-12 = Ernährung
sdg-1 = Keine Armut
sdg-2 = Kein Hunger
sdg-3 = Gesundheit und Wohlergehen
sdg-4 = Hochwertige Bildung
sdg-5 = Geschlechtergleichheit
sdg-6 = Sauberes Wasser und Sanitäreinrichtungen
sdg-7 = Bezahlbare und saubere Energie
sdg-8 = Menschenwürdige Arbeit und Wirtschaftswachstum
sdg-9 = Industrie, Innovation und Infrastruktur
sdg-10 = Weniger Ungleichheiten
sdg-11 = Nachhaltige Städte und Gemeinden
sdg-12 = Nachhaltige/r Konsum und Produktion
sdg-13 = Maßnahmen zum Klimaschutz
sdg-14 = Leben unter Wasser
sdg-15 = Leben an Land
sdg-16 = Frieden, Gerechtigkeit und starke Institutionen
sdg-17 = Partnerschaften zur Erreichung der Ziele

## Länder, die die Programme des Beispielregisters nennen
country-BE = Belgien
country-BF = Burkina Faso
country-BO = Bolivien
country-CA = Kanada
country-CI = Côte d’Ivoire
country-DE = Deutschland
country-DK = Dänemark
country-FR = Frankreich
country-ID = Indonesien
country-KH = Kambodscha
country-KR = Republik Korea
country-ML = Mali
country-NI = Nicaragua
country-PH = Philippinen
country-TH = Thailand
country-TZ = Tansania
country-US = Vereinigte Staaten von Amerika
country-VN = Vietnam

## Angaben, in denen Quellen voneinander abweichen können
property-title = Titel
property-acronym = Abkürzung
property-since = Seit
property-founded = Gründung
property-contact-email = E-Mail-Adresse
property-status = Status
property-description = Beschreibung
property-planned = Geplante Laufzeit
property-planned-from = Geplanter Beginn
property-planned-to = Geplantes Ende
property-actual = Laufzeit
property-actual-from = Beginn
property-actual-to = Ende
property-ceiling = Beitrag des Zuwendungsgebers
property-eligible_cost = Zuwendungsfähige Kosten
property-budget = Budget
property-amount = Betrag
property-countries = Länder
property-places = Orte
property-funder = Zuwendungsgeber
property-name = Name
property-level = Ebene
property-period = Zeitraum
property-country = Land
property-authority = Ort
property-practice = Gute Praxis
property-stages = Schritte der Übernahme
property-result = Ergebnis
property-housing-status = Stand des Wohnungsbauprojekts
property-role-title = Bezeichnung der Funktion

## Die Arbeitsmappe

workbook-digits = Eine Tabellenkalkulation behält 15 Ziffern einer Zahl, diese hat mehr und steht daher als Text hier. Alle Ziffern:

# --- policy dialogue, mission, news, network

section-ballot = Zur Abstimmung gestellt
section-map = Karte
section-replication-stages = Stand der Übernahmen
section-road-map = Stand auf dem Fahrplan
section-event = Die Veranstaltung
section-delegation = Die Delegation
section-sessions = Sitzungen
section-meetings = Treffen
section-outcomes = Ergebnisse
section-voices = Äußerungen
section-paid-by = Wer bezahlt hat
section-readings = Berichtigte Lesarten
section-lead = Die Meldung
section-editors-notes = Hinweise für die Redaktion
section-event-figures = In Zahlen
section-about-programme = Über das Programm
section-consortium = Durchführung
section-contact = Kontakt
empty-ballot = Das Register enthält die zur Abstimmung gestellten Empfehlungen nicht.
empty-map = Das Register enthält keinen Ort mit bekannter Lage.
empty-replication-stages = Keine Quelle sagt, wie weit eine Übernahme gekommen ist.
empty-road-map = Das Register enthält keinen Schritt eines Fahrplans.
empty-event = Das Register enthält keine Veranstaltung, die hier gezeigt werden darf.
empty-delegation = Das Register enthält keine Delegation zu dieser Veranstaltung.
empty-sessions = Das Register enthält keine Sitzungen dieser Veranstaltung.
empty-meetings = Das Register enthält keine Treffen am Rande dieser Veranstaltung.
empty-outcomes = Das Register enthält keine Ergebnisse dieser Veranstaltung.
empty-voices = Keine Quelle gibt wieder, was bei dieser Veranstaltung gesagt wurde.
empty-paid-by = Keine Quelle sagt, wer bezahlt hat.
empty-readings = Keine Quelle musste anders gelesen werden, als sie geschrieben ist.
empty-lead = Das Register enthält keine Veranstaltung, die hier gezeigt werden darf.
empty-editors-notes = Das Register enthält nichts Weiteres für die Redaktion.
empty-event-figures = Keine Quelle nennt Zahlen zu dieser Veranstaltung.
empty-about-programme = Das Register enthält kein Programm, das hier gezeigt werden darf.
empty-consortium = Keine Quelle sagt, wer das Programm durchführt.
empty-contact = Das Register enthält keine Kontaktadresse.
fact-sort = Art
fact-when = Termin
fact-where = Ort
fact-held-by = Veranstaltet von
fact-motto = Motto
fact-about = Inhalt
fact-came = Teilnehmende
fact-sent-by = Entsandt von
fact-from = Herkunft
fact-agreement = Vereinbarung
fact-programme = Programm
column-side = Gruppe
column-organisations = Organisationen
column-format = Form
column-session = Sitzung
column-met = Gesprächspartner
column-attended = Delegation
column-stages = Erreichte Stufen
column-as-written = Wortlaut der Quelle
column-reading = Lesart des Registers
attended = anwesend
sessions-attendance-unknown = Keine Quelle sagt, an welchen Sitzungen die Delegation teilnahm.
tallies-caption = Stimmen in allen Städtegruppen
tallies-alternative = Balkendiagramm. Stimmen je Empfehlung, die meisten zuerst: { $list }.
tallies-note = Angegeben ist auch der Anteil der gültigen Stimmzettel, auf denen die Empfehlung gewählt wurde. Prioritäten sind hervorgehoben.
tallies-by-cluster-caption = Stimmen nach Städtegruppe
tallies-by-cluster-alternative = Balkendiagramm. Stimmen je Empfehlung nach Städtegruppe: { $list }.
count-votes = { $count ->
    [one] 1 Stimme
   *[other] { $count } Stimmen
}
map-of-vietnam = Karte von Vietnam
map-of-southeast-asia = Karte von Südostasien
map-of-the-world = Weltkarte
map-alternative = { $map } mit diesen Orten: { $list }.
map-without = Nicht auf der Karte, weil ihre Lage nicht erfasst ist: { $places }.
map-outlines = Umrisse: Natural Earth.
map-outlines-borders = Umrisse: Natural Earth. Der Verlauf der Grenzen drückt keine Haltung des Herausgebers aus.
map-hoang-sa = Hoàng Sa
map-truong-sa = Trường Sa
map-east-sea = Ostmeer
stages-caption = Stufen, die jede Stadt erreicht hat
stages-alternative = Schaubild. Stufen, die jede Stadt erreicht hat: { $list }.
stages-note = Ein gefüllter Kreis steht für eine Stufe, die eine Quelle nennt; ohne Datum ist der Tag nicht bekannt, an dem sie erreicht wurde.
stages-unknown = Keine Quelle nennt den Stand in: { $cities }.
road-map-alternative = Schaubild. Schritte von „{ $title }“: { $list }.
step-due = fällig: { $date }
delegation-unknown = Keine Quelle sagt, wer zur Delegation gehörte.
delegation-uncounted = Die Quellen nennen, wer teilnahm, aber keine Zahlen.
delegation-caption = Mitglieder nach Gruppe
delegation-picture-caption = Mitglieder nach Gruppe und Geschlecht
delegation-alternative = Balkendiagramm. Mitglieder der Delegation nach Gruppe: { $list }.
voices-note = Äußerungen sind sinngemäß wiedergegeben; es sind keine Zitate.
paid-by-note = Keine Quelle nennt eine Vereinbarung, aus der die Delegation selbst bezahlt wurde. Genannt sind die Zuwendungsgeber des Programms, für das sie reiste.
readings-note = Manche Quellen sind beschädigt oder enthalten Schreibfehler. Ihr Wortlaut bleibt stehen, daneben steht die Lesart des Registers.
lead-held-by = Veranstalter: { $organisers }.
lead-part-of = Die Veranstaltung gehört zum Programm { $programme }.
lead-part-of-part = Die Veranstaltung gehört zu { $part } im Programm { $programme }.
lead-delegation = Unter den Teilnehmenden: { $delegation }, entsandt von { $organiser }.
carried-out-by = Durchführung: { $members }.
consortium-of = Gemeinsame Durchführung: { $members }.
tile-ballots = Abgegebene Stimmzettel
tile-turnout = Beteiligung { $share }
tile-turnout-unknown = Zahl der Stimmberechtigten nicht bekannt
tile-clusters = Städtegruppen
tile-options = Zur Abstimmung
tile-priorities = Prioritäten
tile-when = Termin
tile-where = Ort
tile-delegates = Delegierte
tile-attended = Besuchte Sitzungen und Treffen
tile-people = Teilnehmende
format-opening = Eröffnung
format-session = Sitzung
format-civil_society_day = Tag der Zivilgesellschaft
format-round_table = Runder Tisch
format-side_meeting = Begleittreffen
format-meeting = Treffen
format-site_visit = Ortsbesuch
format-closing = Abschluss
public-role-speaker = Es sprach
public-role-signatory = Es unterzeichnete
public-role-contact = Kontakt
public-role-official = Amt
public-role-coordinator = Koordination

# --- partners and portfolios
tile-cooperation = Jahre
tile-programmes = Programme
count-programmes = { $count ->
    [one] { $count } Programm
   *[other] { $count } Programme
}
count-parts = { $count ->
    [one] mit 1 Teil
   *[other] mit { $count } Teilen
}
section-partner = Die Organisation
section-history = Geschichte
section-memberships = Mitgliedschaften
section-partner-programmes = Programme nach Rolle
section-partner-agreements = Vereinbarungen
section-partner-events = Ausgerichtete und besuchte Veranstaltungen
section-portfolio = Geförderte Programme
section-portfolio-groups = Aufstellungen
empty-partner = Das Register enthält nichts Weiteres zu dieser Organisation.
empty-history = Das Register enthält keine gemeinsame Geschichte dieser Organisation mit dem Verband.
history-undated = { $count ->
    [one] Von { $count } Programm ist kein Datum bekannt; es steht in der Liste nach Rolle.
   *[other] Von { $count } Programmen ist kein Datum bekannt; sie stehen in der Liste nach Rolle.
}
empty-memberships = Das Register enthält keine Mitgliedschaften dieser Organisation.
empty-partner-programmes = Das Register enthält kein Programm, an dem diese Organisation mitwirkt.
empty-partner-agreements = Das Register enthält keine Vereinbarung, nach der diese Organisation zahlt oder Geld erhält. Das heißt nicht, dass es keine gab.
empty-partner-events = Das Register enthält keine Veranstaltung, die diese Organisation ausrichtete oder besuchte.
empty-portfolio = Das Register enthält kein Programm, das diese Organisation fördert.
portfolio-other-roles = { $count ->
    [one] Sie ist an { $count } Programm in anderer Weise beteiligt; siehe ihr Partnerprofil.
   *[other] Sie ist an { $count } Programmen in anderer Weise beteiligt; siehe ihr Partnerprofil.
}
empty-portfolio-groups = Es gibt nichts aufzustellen, denn das Register enthält kein Programm, das diese Organisation fördert.
fact-organisation-kind = Art der Organisation
fact-seat = Sitz
fact-founded = Gegründet
fact-ended = Beendet
fact-partner-since = Partner seit
fact-website = Website
fact-organisation-identifier = IATI-Kennung der Organisation
fact-successions = Vorgänger und Nachfolger
succession-renamed = Umbenennung: { $before } → { $after }
succession-merged = Aufgegangen in einer anderen Stelle: { $before } → { $after }
succession-split = Aufteilung: { $before } → { $after } und andere
succession-succeeded = Nachfolge: { $before } → { $after }
names-caption = Namen im Lauf der Zeit
column-name = Name
column-acronym = Abkürzung
column-used = Verwendet
column-moment = Ereignis
column-named-there = Dort genannt
column-agreement = Vereinbarung
column-parties = Von → an
column-its-part = Rolle
column-programme = Programm
column-programmes = Programme
column-which = Welche
column-without-amount = Ohne Betrag
column-agreed = Vereinbart
column-received = Erhalten
column-disbursed = Weitergegeben
moment-founded = Gründung
moment-named = Neuer Name
moment-partnership_began = Partner des Verbandes
moment-membership_began = Beginn der Mitgliedschaft
moment-succeeded = Nachfolge
moment-programme_began = Beginn des Programms
moment-programme_ended = Ende des Programms
moment-agreement_signed = Vereinbarung unterzeichnet
memberships-in = Mitglied in
memberships-of = Im Register genannte Mitglieder
event-part-held = Ausrichtung
event-part-held-with = Ausrichtung mit anderen
event-part-sent = Delegation entsandt
event-part-came = teilgenommen
group-by-year = Nach Jahr
group-by-sector = Nach Sektor
group-by-city = Nach Stadt oder Kommune
group-by-country = Nach Land
group-by-status = Nach Status
group-by-funder = Nach Namen des Zuwendungsgebers
group-year = Jahr
group-sector = Sektor
group-city = Stadt oder Kommune
group-country = Land
group-status = Status
group-funder = Zuwendungsgeber
group-undivided = nicht aufteilbare Beträge
group-unstated-or-undivided = nicht angegeben oder nicht aufteilbar
group-unstated = keine Angabe
picture-alternative = { $caption }. { $list }
chart-programmes = Programme im Lauf der Jahre
chart-agreed-by = { $by }: vereinbart, in { $currency }
chart-history = Im Lauf der Jahre
portfolio-note = Bei jedem Programm steht der Name, den der Zuwendungsgeber damals hatte, wie ihn die Quelle nennt. Die Summen zählen ein Programm und seine Teile einmal. Beträge in verschiedenen Währungen werden nicht addiert.
portfolio-groups-note = Ein Programm steht in jeder Gruppe, zu der es gehört; die Zahlen der Programme können daher zusammen mehr ergeben als die Gesamtzahl. Geld wird nur aufgeteilt, wo Anteile erfasst sind; nicht aufteilbare Beträge stehen in einer eigenen Zeile, die kein Programm noch einmal zählt.
portfolio-ungrouped = Für keines dieser Programme ist dies erfasst.
portfolio-without-amount = { $count ->
    [one] Von { $count } Programm ist kein vereinbarter Betrag bekannt.
   *[other] Von { $count } Programmen ist kein vereinbarter Betrag bekannt.
}
portfolio-unattributed = In diesen Programmen geflossen, ohne dass eine Quelle sagt, wer zahlte: { $amounts }. Es steht in keiner Summe dieses Berichts.
made-up-left-out = { $count ->
    [one] { $count } erfundenes Programm, das die Software vorführt, ist nicht berücksichtigt.
   *[other] { $count } erfundene Programme, die die Software vorführen, sind nicht berücksichtigt.
}
none-registered = nicht erfasst
counted-elsewhere = in anderer Zeile gezählt
part-of-amount = im Betrag von { $code } enthalten
part-of-whole = Teil von { $whole }
paid-through = über: { $name }
paid-with = gemeinsam mit: { $names }
illustrative-line = erfunden

# --- progress
section-narrative = Sachbericht
section-results-chart = Zielwerte und Istwerte
section-finance-lines = Finanzbericht nach Budgetlinien
section-finance-funders = Mittel nach Zuwendungsgeber
section-finance-chart = Mittel in Diagrammen
section-next-reports = Berichtstermine
section-glossary = Abkürzungen
empty-narrative = Das Register enthält hierzu keinen Text für den Zeitraum.
empty-results-chart = Kein Indikator hat sowohl einen Zielwert als auch einen Istwert; daher gibt es nichts darzustellen.
empty-finance-lines = Das Register enthält keine Budgetlinien zu diesem Programm.
empty-finance-funders = Das Register enthält keine Vereinbarungen zu diesem Programm. Das bedeutet nicht, dass es keine gab.
empty-finance-chart = Es sind keine Ausgaben erfasst; daher gibt es nichts darzustellen.
empty-next-reports = Die erfassten Vereinbarungen nennen keine fälligen Berichte.
empty-glossary = Dieser Bericht verwendet keine Abkürzungen, die das Register erklärt.
narrative-summary = Zusammenfassung
narrative-activities = Aktivitäten
narrative-results = Was erreicht wurde
narrative-partners = Zusammenarbeit
narrative-visibility = Sichtbarkeit
narrative-lessons = Gewonnene Erfahrungen
narrative-risks = Schwierigkeiten und Risiken
narrative-next_steps = Nächste Schritte
narrative-other = Weiteres
column-previous = Zuvor
column-current = Im Zeitraum
column-to-date = Bisher
column-target-end = Zielwert am Ende
results-period-caption = Erreichtes gegenüber Ausgangswert und Zielwert
results-period-note = „Zuvor“ ist der letzte vor dem Zeitraum berichtete Wert. „Bisher“ reicht bis zum Ende des Zeitraums; „Erreicht“ ist der Anteil des Weges vom Ausgangswert zum Zielwert am Ende, der damit zurückgelegt ist; ohne Ausgangswert wird von null an gerechnet. Unter jedem Wert steht sein Datum.
results-all-cumulative = Alle Werte sind kumulativ: jeder umfasst alles Vorherige.
results-none-cumulative = Die Werte unter „Zuvor“ und „Im Zeitraum“ gelten nur für ihren eigenen Zeitraum; „Bisher“ ist ihre Summe.
results-some-cumulative = Mit (kumulativ) bezeichnete Indikatoren sind es: jeder ihrer Werte umfasst alles Vorherige. Bei den übrigen gelten „Zuvor“ und „Im Zeitraum“ nur für ihren eigenen Zeitraum, und „Bisher“ ist ihre Summe.
cumulative = (kumulativ)
target-of-period = Zielwert des Zeitraums: { $target }
reason-for-variance = Anmerkungen, Gründe für Abweichungen:
caption-results-chart = Wie weit die Indikatoren auf dem Weg zum Zielwert sind
alt-results-chart = Balkendiagramm. Zurückgelegter Anteil des Weges vom Ausgangswert zum Zielwert je Indikator: { $items }.
results-chart-note = Ein Balken ist so lang wie der zurückgelegte Anteil des Weges vom Ausgangswert zum Zielwert; der Strich ist der Zielwert. Ohne Ausgangswert beginnt der Weg bei null.
chart-of-target = { $actual } von { $target } ({ $share })
chart-no-target = Kein Zielwert festgelegt für: { $indicators }.
chart-no-actual = Noch nicht berichtet zu: { $indicators }.
chart-no-share = Zielwert und Istwert lassen sich nicht in Prozent ausdrücken bei: { $indicators }.
caption-by-sex = { $indicator }, nach Geschlecht
alt-by-sex = Balkendiagramm. { $indicator }, nach Geschlecht: { $items }.
finance-interim = Finanzieller Zwischenbericht. Ende des Programms: { $end }.
finance-final = Finanzieller Schlussbericht. Ende des Programms: { $end }.
finance-standing-unknown = Ein Ende des Programms ist nicht erfasst; daher wird nicht angegeben, ob dies ein Zwischen- oder ein Schlussbericht ist.
finance-lines-note = Ausgegeben ist, was ausgezahlt, verausgabt und auf der Budgetlinie verbucht wurde. Die Abweichung ist das Budget abzüglich der Prognose aller Ausgaben bis zum Ende; ohne Prognose abzüglich der bisherigen Ausgaben.
finance-lines-caption = Zuwendungsfähige Kosten in { $currency }
finance-lines-ineligible-caption = Nicht zuwendungsfähige Kosten in { $currency }
column-spent-in-period = Ausgegeben im Zeitraum
column-spent-so-far = Bisher ausgegeben
column-forecast = Prognose
column-budget-variance = Abweichung
column-budget-variance-share = Abweichung in %
explanation = Begründung:
not-stated = nicht angegeben
not-converted = nicht umgerechnet
amount-not-converted = { $amount } (nicht umgerechnet)
of-so-many-lines = angegeben für { $some } von { $all } Linien
of-so-many-agreements = bekannt für { $some } von { $all } Vereinbarungen
heading-rates-used = Verwendete Wechselkurse
rates-rule = Beträge in anderer Währung wurden nach der Regel der Vereinbarung umgerechnet: { $rule }; ohne Kurs dieses Tages der letzte davor. Wo kein Kurs oder keine Regel erfasst ist, wird nicht umgerechnet.
finance-funders-note = Zugesagt ist der geltende Höchstbetrag; erhalten sind die eingegangenen Zahlungen, ausgegeben ist, was ausgezahlt und verausgabt wurde, der Saldo ist das Erhaltene, das nicht ausgegeben ist; alles bis zum Ende des Berichtszeitraums.
column-committed = Zugesagt
column-balance = Saldo
total-in = Gesamt in { $currency }
spent-outside-agreements = Außerhalb dieser Vereinbarungen ausgegeben: { $amount }.
instalments-caption = Raten, fällig und erhalten
column-condition = Bedingung
column-received-on = Eingang am
no-condition = keine Bedingung angegeben
no-payment-registered = keine Zahlung erfasst
caption-money-lines = Ausgaben je Budgetlinie gegenüber dem Budget in { $currency }
caption-money-years = Ausgegeben und erhalten je Jahr in { $currency }
caption-money-funders = Ausgaben je Vereinbarung gegenüber der Zusage in { $currency }
alt-money = Balkendiagramm. { $caption }: { $items }.
chart-spent-of = { $spent } von { $of } ({ $share })
chart-year = ausgegeben: { $spent }; erhalten: { $received }
column-report = Bericht
column-delivered = Vorgelegt
not-delivered = noch nicht vorgelegt
column-meaning = Bedeutung
glossary-eu = EU = Europäische Union
glossary-gac = GAC = Global Affairs Canada (Außenministerium Kanadas)
glossary-iati = IATI = International Aid Transparency Initiative
glossary-ngo = NRO = Nichtregierungsorganisation
glossary-oecd = OECD = Organisation für wirtschaftliche Zusammenarbeit und Entwicklung
glossary-sdg = SDG = Ziel für nachhaltige Entwicklung
glossary-un = UN = Vereinte Nationen

# --- countries and years

title-countries = Zusammenarbeit der Kommunen: { $one } – { $other }
title-year = Die Zusammenarbeit im Jahr { $year }
section-bilateral-summary = Kurz gefasst
section-partnerships = Partnerschaften nach Städtepaaren
section-partnership-time-line = Im Lauf der Zeit
section-partnership-agreements = Vereinbarungen und Projekte
section-partnership-totals = Zählung nach Städten und Sektoren
section-dated-news = Meldungen
section-year-summary = Das Jahr in Kürze
section-year-programmes = Programme
section-year-participants = Teilnahme an den Veranstaltungen
section-year-agreements = Unterzeichnete Vereinbarungen
section-year-money = Eingenommene und ausgegebene Mittel
section-year-results = Erreichte Ergebnisse
section-year-practices = Neue gute Praxis
section-year-memberships = Neue Mitgliedschaften
empty-bilateral-summary = Das Register enthält nichts über die Zusammenarbeit der Kommunen dieser beiden Länder.
empty-partnerships = Das Register enthält keine Partnerschaft zwischen Kommunen dieser beiden Länder. Das bedeutet nicht, dass es keine gibt.
empty-partnership-time-line = Das Register enthält keine Partnerschaft, die sich zeitlich einordnen ließe.
empty-partnership-agreements = Das Register enthält keine Vereinbarung und kein Projekt dieser Partnerschaften.
empty-partnership-totals = Das Register enthält keine Partnerschaft, die sich zählen ließe.
empty-dated-news = Das Register enthält hierzu keine Meldungen.
empty-year-summary = Das Register enthält nichts zu diesem Jahr. Das bedeutet nicht, dass nichts getan wurde.
empty-year-programmes = Das Register enthält kein Programm, das in diesem Jahr lief.
empty-year-participants = Keine Quelle sagt, wie viele Personen an den Veranstaltungen des Jahres teilnahmen.
empty-year-agreements = Das Register enthält keine Vereinbarung, die in diesem Jahr unterzeichnet wurde.
empty-year-money = Das Register enthält keine Zahlungsbewegung in diesem Jahr. Das bedeutet nicht, dass es keine gab.
empty-year-results = Das Register enthält keinen Wert, dessen Zeitraum in diesem Jahr endet.
empty-year-practices = Das Register enthält keine gute Praxis, die in diesem Jahr begann.
empty-year-memberships = Das Register enthält niemanden, der in diesem Jahr beitrat.
tile-partnerships = Partnerschaften
tile-localities = Kommunen
tile-agreements = Vereinbarungen
tile-projects = Projekte
tile-stated = laut Quellen: { $figures }
tile-year-programmes = Programme und Projekte
tile-year-perhaps = { $count ->
    [one] und 1, das gelaufen sein kann
   *[other] und { $count }, die gelaufen sein können
}
tile-year-events = Veranstaltungen
tile-year-people = Teilnahmen
tile-year-spent = Ausgegeben
fact-localities = Beteiligte Kommunen
fact-news = Meldungen
fact-year-programmes = Programme und Projekte
fact-year-events = Veranstaltungen
fact-year-dialogues = Politikdialoge
fact-year-letters = Schreiben der Interessenvertretung
fact-year-agreements = Vereinbarungen
fact-year-replications = Übernahmen guter Praxis
fact-year-memberships = Neue Mitgliedschaften
fact-year-news = Meldungen
count-signed = { $count ->
    [one] 1 unterzeichnet
   *[other] { $count } unterzeichnet
}
count-only-reported = { $count ->
    [one] 1 nur gemeldet, Tag der Unterzeichnung unbekannt
   *[other] { $count } nur gemeldet, Tage der Unterzeichnung unbekannt
}
count-events = { $count ->
    [one] 1 Veranstaltung
   *[other] { $count } Veranstaltungen
}
count-dialogues = { $count ->
    [one] 1 Dialog
   *[other] { $count } Dialoge
}
count-sent = { $count ->
    [one] 1 versandt
   *[other] { $count } versandt
}
count-answered = { $count ->
    [one] 1 beantwortet
   *[other] { $count } beantwortet
}
count-replications = { $count ->
    [one] 1 kam einen Schritt weiter
   *[other] { $count } kamen einen Schritt weiter
}
count-memberships = { $count ->
    [one] 1 Mitgliedschaft
   *[other] { $count } Mitgliedschaften
}
count-news = { $count ->
    [one] 1 Meldung
   *[other] { $count } Meldungen
}
course-started = Im Jahr begonnen
course-went-on = Das ganze Jahr über gelaufen
course-ended = Im Jahr beendet
course-within = Im Jahr begonnen und beendet
course-may-have-run = Möglicherweise gelaufen (keine Quelle nennt Beginn oder Ende)
heading-cooperation-agreements = Vereinbarungen zwischen Kommunen
heading-projects = Projekte
column-partnership = Partnerschaft
column-partnerships = Partnerschaften
column-agreements = Vereinbarungen
column-projects = Projekte
column-project = Projekt
column-party = Kommune
column-sectors = Sektoren
column-holds = Gültig
column-how-many = Anzahl
column-news = Meldung
column-publisher = Veröffentlicht von
column-funders = Zuwendungsgeber
column-participants = Teilnehmende
column-member = Mitglied
column-joined = Beigetreten zu
counted-alternative = Balkendiagramm. { $caption }: { $list }.
partnerships-by-city = Partnerschaften nach Kommunen
partnerships-by-sector = Partnerschaften nach Sektoren
partnerships-without-sectors = Keine Quelle nennt die Sektoren einzelner Partnerschaften.
partnership-totals-note = Eine Partnerschaft mehrerer Kommunen oder Sektoren zählt bei jeder und jedem; die Spalten ergeben daher nicht die Zahl der Partnerschaften.
partnership-also = Außerdem beteiligt:
partnership-cooperation = Zusammenarbeit in Projekten
partnership-twinning = Städtepartnerschaft
partnership-friendship = Freundschaft
partnership-status-active = aktiv
partnership-status-dormant = ruhend
partnership-status-ended = beendet
partnership-status-unknown = nicht bekannt, ob sie noch besteht
partnership-status-as-of = { $status } (Stand: { $date })
partnership-lasted = { $count ->
    [one] 1 Jahr
   *[other] { $count } Jahre
}
partnership-lasts = { $count ->
    [one] 1 Jahr bis zu diesem Bericht
   *[other] { $count } Jahre bis zu diesem Bericht
}
agreement-signed = unterzeichnet: { $date }
agreement-only-reported = gemeldet: { $date }; Tag der Unterzeichnung unbekannt
moment-partnership = Partnerschaft
moment-signed = Vereinbarung unterzeichnet
moment-reported = Vereinbarung gemeldet, Tag der Unterzeichnung unbekannt
moment-project = Projekt
moment-news = Meldung
time-line-caption = Partnerschaften, Vereinbarungen, Projekte und Meldungen darüber
time-line-alternative = Zeitstrahl. { $list }.
time-line-open = Ein auslaufender Balken: das Ende ist nicht bekannt.
time-line-undated = Beginn nicht bekannt: { $partnerships }.
time-line-without-dates = Keine Quelle nennt ein Datum zu diesen Partnerschaften.
bilateral-counted-note = Gezählt ist, was das Register enthält; es kann mehr geben.
left-out-note = { $count ->
    [one] 1 zur Vorführung der Software erfundener Eintrag ist hier ausgelassen.
   *[other] { $count } zur Vorführung der Software erfundene Einträge sind hier ausgelassen.
}
dated-news-note = Das Datum ist das der Veröffentlichung. Überschriften und Zusammenfassungen sind in den Worten des Registers.
dated-news-publisher = Alle wurden veröffentlicht von: { $publisher }.
year-counted-note = Gezählt ist, was das Register enthält und die Leserschaft sehen darf. Ein Programm und seine Teile zählen einmal.
year-undated = { $count ->
    [one] 1 Programm ist ohne jedes Datum erfasst; ob es in diesem Jahr lief, ist nicht bekannt.
   *[other] { $count } Programme sind ohne jedes Datum erfasst; ob sie in diesem Jahr liefen, ist nicht bekannt.
}
programmes-by-funder = Programme und Projekte nach Zuwendungsgebern
programmes-by-sector = Programme und Projekte nach Sektoren
programmes-counted-note = Gezählt sind die Programme, die im Jahr sicher liefen, jedes mit seinen Teilen einmal; eines mit mehreren Zuwendungsgebern oder Sektoren zählt bei jedem.
participants-by-sex = Teilnehmende nach Geschlecht
year-people-in-all = Teilnahmen insgesamt: { $n }.
year-people-note = { $count ->
    [one] Zahlen sind zu 1 Veranstaltung bekannt. Wer mit einer Delegation kam, ist hier nicht gezählt.
   *[other] Zahlen sind zu { $count } Veranstaltungen bekannt. Wer mit einer Delegation kam, ist hier nicht gezählt.
}
year-money-note = „Erhalten“ ist, was einging, „ausgegeben“, was im Jahr ausgezahlt und verausgabt wurde. Beträge in verschiedenen Währungen werden nicht addiert. Der Betrag eines Teils zählt nicht noch einmal, wo das Ganze einen gleicher Art vom selben Zuwendungsgeber hat.
year-results-note = Istwerte, deren Zeitraum im Jahr endet, wie erfasst.
year-cumulative = schließt zuvor Erreichtes ein
property-from = Beginn
property-to = Ende
property-signed = Unterzeichnung
property-reported = Meldung
property-published = Veröffentlichung

### Every word that reports print and that does not come from the registry. Each language has the same messages.

## Words that stand where a fact would
unknown = unknown
not-applicable = not applicable
followed = followed
not-followed = not followed
total = Total

## Numbers, dates, lists
per-cent = { $n }%
ratio = { $part } of { $whole }
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-day-in-month = { $day }
date-day-in-year = { $day } { $month }
date-month-in-year = { $month }
period-in-month = { $from }–{ $to }
period-full = { $from } – { $to }
period-from = from { $from }
period-to = until { $to }
colon = { ": " }
semicolon = { "; " }
list-and = { $most } and { $last }
qualified-exact = { $n }
qualified-over = over { $n }
qualified-about = about { $n }
qualified-up_to = up to { $n }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## The pages
page-of = Page { $page } of { $pages }
footer = { $publisher } · as registered on { $date }
contents = Contents
illustrative-notice = Illustrative: everything in this report was made up to show the software. It describes no real work and must not be cited.
illustrative-mark = ILLUSTRATIVE – NOT REAL DATA
colophon = The figures of this report are attached to this file as JSON. SHA-256 of the attachment: { $hash }
attachment = The figures and texts of this report, machine-readable

## The first page
tile-period = Period
tile-agreements-until = agreements with funders until { $date }
tile-status = Status
tile-money = Funds agreed
tile-money-unstated = { $count ->
    [one] 1 agreement states no amount
   *[other] { $count } agreements state no amount
}
tile-places = Where
count-places = { $count ->
    [one] 1 place
   *[other] { $count } places
}
count-countries = { $count ->
    [one] 1 country
   *[other] { $count } countries
}

## Sections
section-key-data = Key data
section-acknowledgement = Acknowledgement
section-description = About the programme
section-participants = Participating organisations
section-places = Places
section-classification = Sectors and goals
section-results = Results
section-events = Events
section-replications = Good practices replicated
section-dialogue = Policy dialogue
section-recommendations = Recommendations and road maps
section-finance = Finance
section-stated-figures = Figures stated by sources
section-conflicts = Where sources disagree
section-risks = Risks
section-documents = Documents and sources
section-provenance = About this report
empty-key-data = Nothing more is registered about this programme.
empty-acknowledgement = No funder is registered for this programme.
empty-description = The registry holds no description of this programme.
empty-participants = The registry holds no participating organisations for this programme.
empty-places = The registry holds no places for this programme.
empty-classification = The registry holds no sectors or goals for this programme.
empty-results = The registry holds no results framework for this programme.
empty-events = The registry holds no events of this programme.
empty-replications = The registry holds no city that replicates a good practice under this programme.
empty-dialogue = The registry holds no policy dialogue of this programme.
empty-recommendations = The registry holds no recommendations of this programme.
empty-finance = The registry holds no agreements, budget or transactions for this programme. That does not mean that there were none.
empty-stated-figures = The registry holds no figures stated by sources for this programme.
empty-conflicts = The sources registered for this programme do not contradict each other.
empty-risks = The registry holds no risks for this programme.
empty-documents = The registry holds no documents for this programme.
empty-provenance = Nothing is known of how this report was made.
heading-agreements = Agreements with funders
heading-budget = Budget and spending
heading-transactions = Receipts and payments
heading-in-kind = Contributions in kind
heading-rates = Exchange rates on record
heading-outcomes = What came of the events
heading-advocacy = Advocacy
heading-road-maps = Road maps

## Labels
fact-part-of = Part of
fact-status = Status
fact-period = Period
fact-planned = Planned period
fact-actual = Actual period
fact-countries = Countries
fact-reporting = Reported by
fact-identifier = IATI identifier
fact-related = Related programmes
fact-sectors = Sectors (DAC)
fact-sdgs = Development goals
fact-markers = Policy markers
fact-priorities = Chosen as priorities
fact-vote-period = Period of the vote
fact-question = Question
fact-voters = Who votes
fact-rule = Rule of the vote
fact-options = Recommendations on the ballot
fact-stated = Stated by sources
fact-sources = Sources
fact-snapshot = Registry read
fact-revision = Revision
fact-code = Registry code
fact-audience = Prepared for
fact-publisher = Publisher
fact-nothing-on = Nothing registered on
fact-contact = Contact

## Columns
column-organisation = Organisation
column-country = Country
column-through = Through
column-note = Note
column-place = Place
column-level = Level
column-what = What
column-share = Share
column-indicator = Indicator
column-baseline = Baseline
column-target = Target
column-actual = Actual
column-achieved = Achieved
column-figure = Figure
column-stated = Stated
column-registered = Counted in the registry
column-as-of = As of
column-source = Source
column-statement = What the source says
column-followed = Registry
column-risk = Risk
column-likelihood = Likelihood
column-impact = Impact
column-mitigation = Mitigation
column-owner = Owner
column-status = Status
column-funder = Funder
column-reference = Reference
column-signed = Signed
column-period = Period
column-funder-share = Funder’s share
column-ceiling = Ceiling now
column-number = No.
column-line = Budget line
column-budget = Budget
column-spent = Spent
column-variance = Remaining
column-spent-share = Spent %
column-kind = Kind
column-count = Number
column-first = First
column-last = Last
column-amount = Amount
column-date = Date
column-what-for = What for
column-voucher = Voucher
column-contributor = From
column-valued = Valued by, on what basis
column-value = Value
column-rate = Rate
column-event = Event
column-women = Women
column-men = Men
column-unstated = Sex unstated
column-withheld = Sex withheld
column-in-all = In all
column-outcome = Outcome
column-practice = Good practice
column-city = Replicated by
column-stage = Last stage
column-result = Result
column-recommendation = Recommendation
column-addressee = Addressee
column-action = Action
column-reply = Reply
column-step = Step
column-responsible = Responsible
column-due = Due
column-cluster = City cluster
column-eligible = Eligible
column-valid = Valid
column-spoiled = Spoiled
column-turnout = Turnout
column-all-clusters = All
column-rank = Rank
column-priority = Priority

## Sentences
results-note = Baseline, target and actual as registered. “Achieved” is the share of the distance from baseline to target that was covered; without a stated baseline it is counted from zero.
results-covered = Period covered: { $period }. Figures of single periods are added up; of a cumulative indicator the last one counts.
no-baseline = none stated
no-target = no target set
no-actual = not reported
no-indicators = No indicator is registered for this result.
assumption = Assumption:
verification = Means of verification:
less-is-better = (less is better)
targets-for-some = A target is set for { $given } of { $all } periods; the total covers those only.
breakdown-partial = The parts by { $by } do not cover the whole.
became-now = now { $name }
became-part-of = part of { $name }
became-since = since { $date }
became-since-day = since { $date }
became-ended = ended on { $date }
became-ended-in = ended on { $date }; its area is now part of { $name }
registered-as = registered as { $name }
as-written = as written: “{ $text }”
stated-figures-note = Numbers that a source states. They are shown as stated and are not added to what the registry counts.
conflicts-note = Every statement is kept with its source. The registry follows the one in bold type.
published-on = published { $date }
modified-on = last changed { $date }
locator-paragraph = paragraph { $n }
locator-page = page { $n }
locator-section = section { $n }
locator-table = table { $n }
locator-caption = caption { $n }
locator-title = title
locator-footer = page footer
budget-note = “Spent” counts the disbursements and expenditure booked on the line. What was spent in another currency is converted by the rule of the agreement where a rate is registered; otherwise it stands beside it and is neither added nor compared.
budget-caption = Budget in { $currency }
budget-original = first budget { $amount }
budget-unbooked = Spent outside the budget lines above: { $amount }.
not-eligible = not eligible for the funder
ceiling-original = Ceiling when signed: { $amount }
amendment-ceiling = ceiling { $amount }
amendment-end = end { $date }
instalments-paid = Instalments: { $paid } of { $all } paid, { $amount } of { $whole }
instalments-none-paid = Instalments: { $all }, { $whole } in all; no payment is registered
transactions-caption = The last { $shown } of { $all } receipts and payments
in-kind-note = Contributions in kind are valued apart and are not part of the funds above.
not-valued = not valued
present-uncounted = Present, numbers not stated:
road-map-without-steps = The sources name no step of this road map.
event-motto = “{ $motto }”
events-note = Those who came with a delegation are counted on its line and are not added to the event’s participants.
event-visited = held by others; a delegation of the programme attended
delegation = Delegation:
total-attendances = Attendances in all
at-least = at least { $n }
withheld = withheld
withheld-note = Numbers below five, and those that would give them away, are withheld so that nobody is recognised by them.
practice-of = practice of { $city }
rule-picks = each ballot picks { $minimum } to { $maximum } recommendations
rule-picks-exactly = recommendations that each ballot picks: exactly { $n }
rule-places = recommendations that become priorities: { $n }
turnout-caption = Ballots by city cluster
votes-caption = Votes for each recommendation
votes-note = Turnout counts spoiled ballots too. The columns A, B … of the table below are the clusters with that letter above. A valid ballot may pick several recommendations, so there are more votes than ballots.
priority = priority
priorities-tied = Recommendations with as many votes as each other make more priorities than places; the rule allows it.
dialogue-no-result = The result of the vote is not public, or the registry holds no ballots; so no votes and ranks are given here.
language-marks-note = A small mark such as VI after a text names its language where the registry holds no version in the language of this report.
acknowledgement-funded-by = Funder: { $funders }.
acknowledgement-co-funded-by = Co-funders: { $funders }.
acknowledgement-also-funded-by = Also funded by: { $funders }.
audience-public = the public

## Closed lists
lang-vi = in Vietnamese
lang-en = in English
lang-fr = in French
lang-de = in German
level-programme = Programme
level-project = Project
level-component = Component
status-pipeline = Being planned
status-implementation = Under way
status-finalisation = Finalising
status-closed = Closed
status-cancelled = Cancelled
status-suspended = Suspended
role-funding = Funding
role-accountable = Accountable
role-extending = Managing for the funder
role-implementing = Implementing
relation-precedes = Preceded by
relation-sibling = Alongside
relation-co_funded = Co-funded with
relation-same_activity = Same activity, reported by another
relation-part = Contains
relation-follows = Followed by
result-impact = Impact
result-outcome = Outcome
result-immediate_outcome = Immediate outcome
result-output = Output
result-other = Result
dimension-sex = sex
dimension-city = city
dimension-other = other
sex-women = women
sex-men = men
sex-female = women
sex-male = men
sex-unstated = sex unstated
sex-withheld = sex withheld
rate-rule-transaction_date = rate of the day of the transaction
rate-rule-report_date = rate of the day of the report
amendment-top_up = Top-up
amendment-no_cost_extension = No-cost extension
amendment-revision = Revision
transaction-incoming_funds = Incoming funds
transaction-outgoing_commitment = Outgoing commitment
transaction-disbursement = Disbursement
transaction-expenditure = Expenditure
transaction-interest_payment = Interest payment
transaction-loan_repayment = Loan repayment
transaction-reimbursement = Reimbursement
transaction-purchase_of_equity = Purchase of equity
transaction-sale_of_equity = Sale of equity
transaction-credit_guarantee = Credit guarantee
transaction-incoming_commitment = Incoming commitment
transaction-outgoing_pledge = Outgoing pledge
transaction-incoming_pledge = Incoming pledge
organisation-government = government
organisation-local_government = local government
organisation-other_public_sector = public sector
organisation-international_ngo = international NGO
organisation-national_ngo = national NGO
organisation-regional_ngo = regional NGO
organisation-public_private_partnership = public-private partnership
organisation-multilateral = multilateral organisation
organisation-foundation = foundation
organisation-private_sector = private sector
organisation-academic = academic body
organisation-other = other
document-web_page = web page
document-news = news
document-report = report
document-plan = plan
document-agreement = agreement
document-project_profile = project profile
document-photograph = photograph
document-other = document
qualifier-exact = exactly
qualifier-over = over
qualifier-about = about
qualifier-up_to = up to
likelihood-low = low
likelihood-medium = medium
likelihood-high = high
risk-status-open = open
risk-status-occurred = occurred
risk-status-closed = closed
event-conference = conference
event-workshop = workshop
event-training = training
event-meeting = meeting
event-study_tour = study tour
event-visit = visit
event-ceremony = ceremony
event-other = other event
participants-national_government = national government
participants-local_government = local government
participants-association = associations
participants-civil_society = civil society
participants-academia = academia
participants-press = press
participants-funder = funders and international organisations
participants-private_sector = private sector
participants-expert = experts
participants-staff = staff
participants-other = others
outcome-decision = Decision
outcome-agreement = Agreement
outcome-lesson = Lesson
outcome-assessment = Assessment
outcome-next_step = Next step
stage-proposed = proposed
stage-chosen = chosen
stage-planned = planned
stage-underway = under way
stage-completed = completed
stage-evaluated = evaluated
stage-sustained = taken into the city’s own work
stage-stopped = stopped
recommendation-proposed = proposed
recommendation-agreed = agreed
recommendation-prioritised = chosen as a priority
recommendation-submitted = submitted
recommendation-accepted = accepted, at least in part
recommendation-implemented = being carried out
recommendation-rejected = rejected
step-planned = planned
step-underway = under way
step-done = done
step-dropped = dropped
advocacy-letter = Letter
advocacy-meeting = Meeting
advocacy-comment = Comment on a draft
advocacy-other = Other action
advocacy-status-drafted = being prepared
advocacy-status-sent = sent or held
advocacy-status-answered = answered
advocacy-status-closed = closed
dialogue-status-preparing = being prepared
dialogue-status-open = vote open
dialogue-status-closed = vote closed
dialogue-status-published = published
secrecy-named = each ballot names the city that cast it
secrecy-anonymous = ballots name nobody
tie-all_win = between equals: all become priorities
tie-more_clusters = between equals: the one that leads in more clusters
tie-ballot_order = between equals: the one that stands earlier on the ballot
authority-region = region
authority-province = province
authority-municipality = municipality
authority-city = city
authority-district = district
authority-town = town
authority-commune = commune
authority-ward = ward
significance-0 = not targeted
significance-1 = significant objective
significance-2 = principal objective
significance-3 = principal objective, explicit programme
significance-4 = explicit primary objective
marker-1 = Gender equality
marker-2 = Aid to environment
marker-3 = Participatory development, good governance
marker-4 = Trade development
marker-5 = Biodiversity
marker-6 = Climate change mitigation
marker-7 = Climate change adaptation
marker-8 = Desertification
marker-9 = Reproductive, maternal and child health
marker-10 = Disaster risk reduction
marker-11 = Disability
marker-12 = Nutrition
sdg-1 = No poverty
sdg-2 = Zero hunger
sdg-3 = Good health and well-being
sdg-4 = Quality education
sdg-5 = Gender equality
sdg-6 = Clean water and sanitation
sdg-7 = Affordable and clean energy
sdg-8 = Decent work and economic growth
sdg-9 = Industry, innovation and infrastructure
sdg-10 = Reduced inequalities
sdg-11 = Sustainable cities and communities
sdg-12 = Responsible consumption and production
sdg-13 = Climate action
sdg-14 = Life below water
sdg-15 = Life on land
sdg-16 = Peace, justice and strong institutions
sdg-17 = Partnerships for the goals

## Countries that programmes of the demonstration registry name
country-BE = Belgium
country-BF = Burkina Faso
country-BO = Bolivia
country-CA = Canada
country-CI = Côte d’Ivoire
country-DE = Germany
country-DK = Denmark
country-FR = France
country-ID = Indonesia
country-KH = Cambodia
country-KR = Republic of Korea
country-ML = Mali
country-NI = Nicaragua
country-PH = Philippines
country-TH = Thailand
country-TZ = Tanzania
country-US = United States of America
country-VN = Viet Nam

## Properties on which sources may disagree
property-title = Title
property-acronym = Acronym
property-since = Since
property-founded = Founded
property-contact-email = E-mail address
property-status = Status
property-description = Description
property-planned = Planned period
property-planned-from = Planned start
property-planned-to = Planned end
property-actual = Period
property-actual-from = Start
property-actual-to = End
property-ceiling = Funder’s contribution
property-eligible_cost = Eligible cost
property-budget = Budget
property-amount = Amount
property-countries = Countries
property-places = Places
property-funder = Funder
property-name = Name
property-level = Level
property-period = Period
property-country = Country
property-authority = Place
property-practice = Good practice
property-stages = Stages of the replication
property-result = Result
property-housing-status = State of the housing project
property-role-title = Title of the role

## The workbook

workbook-digits = A spreadsheet keeps 15 digits of a number and this one has more, so it stands here as text. All its digits:

# --- policy dialogue, mission, news, network

section-ballot = Put to the vote
section-map = Map
section-replication-stages = How far the replications have come
section-road-map = Along the road map
section-event = The event
section-delegation = The delegation
section-sessions = Sessions
section-meetings = Meetings
section-outcomes = What came of it
section-voices = What was said
section-paid-by = Who paid
section-readings = Corrected readings
section-lead = The news
section-editors-notes = Notes for editors
section-event-figures = In figures
section-about-programme = About the programme
section-consortium = Carried out by
section-contact = Contact
empty-ballot = The registry does not hold the recommendations that were put to the vote.
empty-map = The registry holds no place with a known position.
empty-replication-stages = No source says how far any replication has come.
empty-road-map = The registry holds no step of a road map.
empty-event = The registry holds no event here that may be shown.
empty-delegation = The registry holds no delegation to this event.
empty-sessions = The registry holds no sessions of this event.
empty-meetings = The registry holds no meetings beside this event.
empty-outcomes = The registry does not hold what came of this event.
empty-voices = No source tells what was said at this event.
empty-paid-by = No source says who paid.
empty-readings = No source had to be read otherwise than it is written.
empty-lead = The registry holds no event here that may be shown.
empty-editors-notes = The registry holds nothing more for editors.
empty-event-figures = No source gives figures of this event.
empty-about-programme = The registry holds no programme here that may be shown.
empty-consortium = No source says who carries out the programme.
empty-contact = The registry holds no address to write to.
fact-sort = Kind
fact-when = When
fact-where = Where
fact-held-by = Held by
fact-motto = Message
fact-about = About
fact-came = Participants
fact-sent-by = Sent by
fact-from = From
fact-agreement = Agreement
fact-programme = Programme
column-side = Group
column-organisations = Organisations
column-format = Format
column-session = Session
column-met = Met with
column-attended = Delegation
column-stages = Stages reached
column-as-written = As it is written
column-reading = As the registry reads it
attended = attended
sessions-attendance-unknown = No source says which of these the delegation attended.
tallies-caption = Votes in all city clusters
tallies-alternative = Bar chart. Votes for each recommendation, the most first: { $list }.
tallies-note = The share is that of the valid ballots which pick the recommendation. Priorities stand out.
tallies-by-cluster-caption = Votes by city cluster
tallies-by-cluster-alternative = Bar chart. Votes for each recommendation by city cluster: { $list }.
count-votes = { $count ->
    [one] 1 vote
   *[other] { $count } votes
}
map-of-vietnam = Map of Viet Nam
map-of-southeast-asia = Map of Southeast Asia
map-of-the-world = Map of the world
map-alternative = { $map } with these places: { $list }.
map-without = Not on the map, because their position is not registered: { $places }.
map-outlines = Outlines: Natural Earth.
map-outlines-borders = Outlines: Natural Earth. The borders express no position of the publisher.
map-hoang-sa = Hoàng Sa
map-truong-sa = Trường Sa
map-east-sea = East Sea
stages-caption = Stages that each city has reached
stages-alternative = Diagram. Stages that each city has reached: { $list }.
stages-note = A filled circle stands for a stage that a source names; one without a date was reached on an unknown day.
stages-unknown = No source says how far these have come: { $cities }.
road-map-alternative = Diagram. Steps of “{ $title }”: { $list }.
step-due = due { $date }
delegation-unknown = No source says who belonged to the delegation.
delegation-uncounted = The sources name who took part, and no numbers.
delegation-caption = Members by group
delegation-picture-caption = Members by group and sex
delegation-alternative = Bar chart. Members of the delegation by group: { $list }.
voices-note = What people said is retold; these are no quotations.
paid-by-note = No source names an agreement that paid for the delegation itself. Named are the funders of the programme under which it went.
readings-note = Some sources are corrupted or misspelt. Their words are kept as they stand, and what the registry reads in them stands beside.
lead-held-by = Organised by { $organisers }.
lead-part-of = The event is part of the programme { $programme }.
lead-part-of-part = The event is part of { $part } in the programme { $programme }.
lead-delegation = Among those taking part: { $delegation }, sent by { $organiser }.
carried-out-by = Carried out by { $members }.
consortium-of = Carried out together by { $members }.
tile-ballots = Ballots cast
tile-turnout = turnout { $share }
tile-turnout-unknown = how many could vote is unknown
tile-clusters = City clusters
tile-options = On the ballot
tile-priorities = Priorities
tile-when = When
tile-where = Where
tile-delegates = Delegates
tile-attended = Sessions and meetings attended
tile-people = Participants
format-opening = opening
format-session = session
format-civil_society_day = civil-society day
format-round_table = round table
format-side_meeting = side meeting
format-meeting = meeting
format-site_visit = site visit
format-closing = closing
public-role-speaker = Speaker
public-role-signatory = Signatory
public-role-contact = Contact
public-role-official = Official
public-role-coordinator = Coordinator

# --- partners and portfolios
tile-cooperation = Years
tile-programmes = Programmes
count-programmes = { $count ->
    [one] 1 programme
   *[other] { $count } programmes
}
count-parts = { $count ->
    [one] with 1 part
   *[other] with { $count } parts
}
section-partner = About the organisation
section-history = History
section-memberships = Memberships
section-partner-programmes = Programmes by role
section-partner-agreements = Agreements
section-partner-events = Events held or attended
section-portfolio = Programmes funded
section-portfolio-groups = Totals
empty-partner = The registry holds nothing more about this organisation.
empty-history = The registry holds no history of this organisation with the association.
history-undated = { $count ->
    [one] Of 1 programme no date is known; it stands in the list by role.
   *[other] Of { $count } programmes no date is known; they stand in the list by role.
}
empty-memberships = The registry holds no memberships of this organisation.
empty-partner-programmes = The registry holds no programme in which this organisation takes part.
empty-partner-agreements = The registry holds no agreement in which this organisation pays or is paid. That does not mean that there was none.
empty-partner-events = The registry holds no event that this organisation held or attended.
empty-portfolio = The registry holds no programme that this organisation funds.
portfolio-other-roles = { $count ->
    [one] It takes part in 1 programme in another role; see its partner profile.
   *[other] It takes part in { $count } programmes in other roles; see its partner profile.
}
empty-portfolio-groups = There is nothing to sum up, because the registry holds no programme that this organisation funds.
fact-organisation-kind = Kind of body
fact-seat = Seat
fact-founded = Founded
fact-ended = Ended
fact-partner-since = Partner since
fact-website = Web site
fact-organisation-identifier = IATI identifier of the organisation
fact-successions = Predecessors and successors
succession-renamed = { $before } was renamed { $after }
succession-merged = { $before } was merged into { $after }
succession-split = { $before } was split; one part is { $after }
succession-succeeded = { $before } was succeeded by { $after }
names-caption = Names over time
column-name = Name
column-acronym = Acronym
column-used = Used
column-moment = What happened
column-named-there = Named there as
column-agreement = Agreement
column-parties = From → to
column-its-part = Its part
column-programme = Programme
column-programmes = Programmes
column-which = Which
column-without-amount = Without an amount
column-agreed = Agreed
column-received = Received
column-disbursed = Disbursed
moment-founded = Founded
moment-named = Took the name
moment-partnership_began = Partner of the association
moment-membership_began = Membership began
moment-succeeded = Succession
moment-programme_began = Programme began
moment-programme_ended = Programme ended
moment-agreement_signed = Agreement signed
memberships-in = It belongs to
memberships-of = Members that the registry names
event-part-held = held it
event-part-held-with = held it with others
event-part-sent = sent a delegation
event-part-came = took part
group-by-year = By year
group-by-sector = By sector
group-by-city = By city or locality
group-by-country = By country
group-by-status = By status
group-by-funder = By name of the funder
group-year = Year
group-sector = Sector
group-city = City or locality
group-country = Country
group-status = Status
group-funder = Funder
group-undivided = amounts that could not be divided
group-unstated-or-undivided = not stated, or could not be divided
group-unstated = not stated
picture-alternative = { $caption }. { $list }
chart-programmes = Programmes over the years
chart-agreed-by = { $by }: agreed, in { $currency }
chart-history = Over the years
portfolio-note = Each programme bears the funder’s name of its time, as its source gives it. The totals count a programme and its parts once. Amounts in different currencies are not added.
portfolio-groups-note = A programme stands in every group that it belongs to, so the numbers of programmes may come to more than their total. Money is divided only where shares are registered; amounts that could not be divided have a row of their own, which counts no programme again.
portfolio-ungrouped = The registry does not say it of any of these programmes.
portfolio-without-amount = { $count ->
    [one] Of 1 programme no agreed amount is known.
   *[other] Of { $count } programmes no agreed amount is known.
}
portfolio-unattributed = Moved in these programmes, without a source that says who paid: { $amounts }. It is in no sum of this report.
made-up-left-out = { $count ->
    [one] 1 programme that was made up to show the software is left out.
   *[other] { $count } programmes that were made up to show the software are left out.
}
none-registered = none registered
counted-elsewhere = counted in another row
part-of-amount = part of the amount of { $code }
part-of-whole = part of { $whole }
paid-through = through { $name }
paid-with = with { $names }
illustrative-line = made up

# --- progress
section-narrative = Narrative report
section-results-chart = Targets and actuals
section-finance-lines = Financial report by budget line
section-finance-funders = Funds by funder
section-finance-chart = Finance in charts
section-next-reports = Calendar of reports
section-glossary = Acronyms
empty-narrative = The registry holds no narrative on this for the period.
empty-results-chart = No indicator has both a target and an actual, so there is nothing to draw.
empty-finance-lines = The registry holds no budget lines for this programme.
empty-finance-funders = The registry holds no agreements for this programme. That does not mean that there were none.
empty-finance-chart = No spending is registered, so there is nothing to draw.
empty-next-reports = The registered agreements name no reports that fall due.
empty-glossary = This report uses no acronyms that the registry explains.
narrative-summary = Summary
narrative-activities = Activities
narrative-results = What came of it
narrative-partners = Working together
narrative-visibility = Visibility
narrative-lessons = Lessons learnt
narrative-risks = Difficulties and risks
narrative-next_steps = Next steps
narrative-other = Further remarks
column-previous = Previous
column-current = In the period
column-to-date = To date
column-target-end = End target
results-period-caption = What was reached, against baseline and target
results-period-note = “Previous” is the last value reported before the period. “To date” goes up to the period’s end, and “Achieved” is the share of the distance from baseline to end target that it covers; without a stated baseline it is counted from zero. Below a value stands its date.
results-all-cumulative = All figures are cumulative: each holds all that came before it.
results-none-cumulative = The figures in “Previous” and “In the period” are for their own period alone; “To date” is their sum.
results-some-cumulative = Indicators marked (cumulative) are: each of their figures holds all that came before it. Of the others, “Previous” and “In the period” are for their own period alone, and “To date” is their sum.
cumulative = (cumulative)
target-of-period = Target of the period: { $target }
reason-for-variance = Remarks, reasons for variances:
caption-results-chart = How far indicators are on the way to their targets
alt-results-chart = Bar chart. Share of the way from baseline to target that was covered, by indicator: { $items }.
results-chart-note = A bar is as long as the share of the way from baseline to target that was covered; the tick is the target. Without a stated baseline the way begins at zero.
chart-of-target = { $actual } of { $target } ({ $share })
chart-no-target = No target is set for: { $indicators }.
chart-no-actual = Nothing is reported yet on: { $indicators }.
chart-no-share = Target and actual cannot be put in per cent for: { $indicators }.
caption-by-sex = { $indicator }, by sex
alt-by-sex = Bar chart. { $indicator }, by sex: { $items }.
finance-interim = Interim financial report. End of the programme: { $end }.
finance-final = Final financial report. End of the programme: { $end }.
finance-standing-unknown = No end of the programme is registered, so it is not said whether this is an interim or a final report.
finance-lines-note = “Spent” counts the disbursements and expenditure booked on the line. The variance is the budget less the forecast of total spending at the end; where no forecast is stated, less what was spent to date.
finance-lines-caption = Eligible costs in { $currency }
finance-lines-ineligible-caption = Costs in { $currency } that the funder does not accept
column-spent-in-period = Spent in the period
column-spent-so-far = Spent to date
column-forecast = Forecast
column-budget-variance = Variance
column-budget-variance-share = Variance %
explanation = Explanation:
not-stated = not stated
not-converted = not converted
amount-not-converted = { $amount } (not converted)
of-so-many-lines = stated for { $some } of { $all } lines
of-so-many-agreements = known for { $some } of { $all } agreements
heading-rates-used = Exchange rates used
rates-rule = Amounts in another currency were converted by the rule of the agreement: { $rule }; without a rate of that day, the last one before it. Where no rate or no rule is registered, nothing is converted.
finance-funders-note = Committed is the ceiling that holds now; received are the payments that came in; spent are disbursements and expenditure; the balance is what was received and not yet spent; all up to the end of the period reported on.
column-committed = Committed
column-balance = Balance
total-in = Total in { $currency }
spent-outside-agreements = Spent under none of these agreements: { $amount }.
instalments-caption = Instalments, due and received
column-condition = Condition
column-received-on = Received on
no-condition = no condition stated
no-payment-registered = no payment registered
caption-money-lines = Spent by budget line, against the budget, in { $currency }
caption-money-years = Spent and received by year, in { $currency }
caption-money-funders = Spent by agreement, against what was committed, in { $currency }
alt-money = Bar chart. { $caption }: { $items }.
chart-spent-of = { $spent } of { $of } ({ $share })
chart-year = spent: { $spent }; received: { $received }
column-report = Report
column-delivered = Delivered
not-delivered = not yet delivered
column-meaning = Stands for
glossary-eu = EU = European Union
glossary-gac = GAC = Global Affairs Canada
glossary-iati = IATI = International Aid Transparency Initiative
glossary-ngo = NGO = non-governmental organisation
glossary-oecd = OECD = Organisation for Economic Co-operation and Development
glossary-sdg = SDG = Sustainable Development Goal
glossary-un = UN = United Nations

# --- countries and years

title-countries = Cooperation between localities: { $one } – { $other }
title-year = Cooperation in { $year }
section-bilateral-summary = In short
section-partnerships = Partnerships by pair of cities
section-partnership-time-line = Over time
section-partnership-agreements = Agreements and projects
section-partnership-totals = Totals by city and sector
section-dated-news = News
section-year-summary = The year in short
section-year-programmes = Programmes
section-year-participants = Who came to the events
section-year-agreements = Agreements signed
section-year-money = Money received and spent
section-year-results = Results reached
section-year-practices = Good practices that began
section-year-memberships = New memberships
empty-bilateral-summary = The registry holds nothing on the cooperation between localities of these two countries.
empty-partnerships = The registry holds no partnership between localities of these two countries. That does not mean that there is none.
empty-partnership-time-line = The registry holds no partnership to put in order of time.
empty-partnership-agreements = The registry holds no agreement and no project of these partnerships.
empty-partnership-totals = The registry holds no partnership to count.
empty-dated-news = The registry holds no news here.
empty-year-summary = The registry holds nothing of this year. That does not mean that nothing was done.
empty-year-programmes = The registry holds no programme that ran in this year.
empty-year-participants = No source says how many came to the events of the year.
empty-year-agreements = The registry holds no agreement that was signed in this year.
empty-year-money = The registry holds no receipts or payments in this year. That does not mean that there were none.
empty-year-results = The registry holds no value whose period ends in this year.
empty-year-practices = The registry holds no good practice that began in this year.
empty-year-memberships = The registry holds nobody who joined in this year.
tile-partnerships = Partnerships
tile-localities = Localities
tile-agreements = Agreements
tile-projects = Projects
tile-stated = sources state: { $figures }
tile-year-programmes = Programmes and projects
tile-year-perhaps = { $count ->
    [one] and 1 that may have run
   *[other] and { $count } that may have run
}
tile-year-events = Events
tile-year-people = Attendances
tile-year-spent = Spent
fact-localities = Localities that take part
fact-news = News
fact-year-programmes = Programmes and projects
fact-year-events = Events
fact-year-dialogues = Policy dialogues
fact-year-letters = Advocacy letters
fact-year-agreements = Agreements
fact-year-replications = Replications
fact-year-memberships = New memberships
fact-year-news = News
count-signed = { $count ->
    [one] 1 signed
   *[other] { $count } signed
}
count-only-reported = { $count ->
    [one] 1 only reported, day of signing unknown
   *[other] { $count } only reported, days of signing unknown
}
count-events = { $count ->
    [one] 1 event
   *[other] { $count } events
}
count-dialogues = { $count ->
    [one] 1 dialogue
   *[other] { $count } dialogues
}
count-sent = { $count ->
    [one] 1 sent
   *[other] { $count } sent
}
count-answered = { $count ->
    [one] 1 answered
   *[other] { $count } answered
}
count-replications = { $count ->
    [one] 1 reached a further stage
   *[other] { $count } reached a further stage
}
count-memberships = { $count ->
    [one] 1 membership
   *[other] { $count } memberships
}
count-news = { $count ->
    [one] 1 item
   *[other] { $count } items
}
course-started = Started in the year
course-went-on = Ran all year
course-ended = Ended in the year
course-within = Started and ended in the year
course-may-have-run = May have run (no source gives the start or the end)
heading-cooperation-agreements = Agreements between localities
heading-projects = Projects
column-partnership = Partnership
column-partnerships = Partnerships
column-agreements = Agreements
column-projects = Projects
column-project = Project
column-party = Locality
column-sectors = Sectors
column-holds = In force
column-how-many = Number
column-news = News
column-publisher = Published by
column-funders = Funders
column-participants = Participants
column-member = Member
column-joined = Joined
counted-alternative = Bar chart. { $caption }: { $list }.
partnerships-by-city = Partnerships by locality
partnerships-by-sector = Partnerships by sector
partnerships-without-sectors = No source names the sectors of single partnerships.
partnership-totals-note = A partnership of several localities or sectors counts in each of them; so the columns do not add up to the number of partnerships.
partnership-also = Also taking part:
partnership-cooperation = cooperation on projects
partnership-twinning = twinning
partnership-friendship = friendship
partnership-status-active = active
partnership-status-dormant = dormant
partnership-status-ended = ended
partnership-status-unknown = not known whether it is still active
partnership-status-as-of = { $status } as of { $date }
partnership-lasted = { $count ->
    [one] 1 year
   *[other] { $count } years
}
partnership-lasts = { $count ->
    [one] 1 year up to this report
   *[other] { $count } years up to this report
}
agreement-signed = signed { $date }
agreement-only-reported = reported { $date }; the day of signing is unknown
moment-partnership = partnership
moment-signed = agreement signed
moment-reported = agreement reported, day of signing unknown
moment-project = project
moment-news = news
time-line-caption = Partnerships, their agreements and projects, and news of them
time-line-alternative = Time line. { $list }.
time-line-open = A bar that fades out: nobody knows when it ended.
time-line-undated = When these began is not known: { $partnerships }.
time-line-without-dates = No source gives a date for any of these partnerships.
bilateral-counted-note = These are counts of the registry; there may be more.
left-out-note = { $count ->
    [one] 1 record that was made up to show the software is left out here.
   *[other] { $count } records that were made up to show the software are left out here.
}
dated-news-note = The date is that of publication. Headlines and summaries are in the registry’s words.
dated-news-publisher = All were published by: { $publisher }.
year-counted-note = These are counts of what the registry holds and its reader may see. A programme and its parts count once.
year-undated = { $count ->
    [one] 1 programme is registered without any date; whether it ran in this year is not known.
   *[other] { $count } programmes are registered without any date; whether they ran in this year is not known.
}
programmes-by-funder = Programmes and projects by funder
programmes-by-sector = Programmes and projects by sector
programmes-counted-note = Counted are the programmes that certainly ran in the year, each with its parts once; one with several funders or sectors counts with each.
participants-by-sex = Participants by sex
year-people-in-all = Attendances in all: { $n }.
year-people-note = { $count ->
    [one] Numbers are known of 1 event. Those who came with a delegation are not counted here.
   *[other] Numbers are known of { $count } events. Those who came with a delegation are not counted here.
}
year-money-note = “Received” is what came in, “spent” the disbursements and expenditure of the year. Amounts in different currencies are not added. An amount of a part is not counted again where the whole has one of the same kind by the same funder.
year-results-note = Actual values whose period ends in the year, as registered.
year-cumulative = includes what was reached before
property-from = Beginning
property-to = End
property-signed = Signed
property-reported = Reported
property-published = Published

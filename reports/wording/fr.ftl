### Tous les mots que les rapports impriment et qui ne viennent pas du registre. Chaque langue a les mêmes messages.

## Mots qui tiennent lieu d’une donnée
unknown = non connu
not-applicable = sans objet
followed = version retenue
not-followed = version non retenue
total = Total

## Nombres, dates, énumérations
per-cent = { $n } %
ratio = { $part } sur { $whole }
date-day = { NUMBER($day) ->
    [1] 1er
   *[other] { $day }
} { $month } { $year }
date-month = { $month } { $year }
date-day-in-month = { NUMBER($day) ->
    [1] 1er
   *[other] { $day }
}
date-day-in-year = { NUMBER($day) ->
    [1] 1er
   *[other] { $day }
} { $month }
date-month-in-year = { $month }
period-in-month = { $from }–{ $to }
period-full = { $from } – { $to }
period-from = début : { $from }
period-to = fin : { $to }
colon = { "\u00A0: " }
semicolon = { "\u202F; " }
list-and = { $most } et { $last }
qualified-exact = { $n }
qualified-over = plus de { $n }
qualified-about = environ { $n }
qualified-up_to = jusqu’à { $n }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

## Les pages
page-of = Page { $page } sur { $pages }
footer = { $publisher } · état du registre au { $date }
contents = Sommaire
illustrative-notice = À titre d’illustration : tout le contenu de ce rapport a été inventé pour présenter le logiciel. Il ne décrit aucune activité réelle et ne doit pas être cité.
illustrative-mark = ILLUSTRATION – DONNÉES FICTIVES
colophon = Les chiffres de ce rapport sont joints à ce fichier au format JSON. SHA-256 de la pièce jointe : { $hash }
attachment = Les chiffres et les textes de ce rapport, lisibles par machine

## La première page
tile-period = Période
tile-agreements-until = accords avec les bailleurs de fonds jusqu’au { $date }
tile-status = État
tile-money = Fonds convenus
tile-money-unstated = { $count ->
    [one] { $count } accord n’indique pas de montant
   *[other] { $count } accords n’indiquent pas de montant
}
tile-places = Localisation
count-places = { $count ->
    [one] { $count } lieu
   *[other] { $count } lieux
}
count-countries = { $count ->
    [one] { $count } pays
   *[other] { $count } pays
}

## Les sections
section-key-data = Données clés
section-acknowledgement = Mention du soutien financier
section-description = Présentation du programme
section-participants = Organisations participantes
section-places = Lieux d’intervention
section-classification = Secteurs et objectifs
section-results = Résultats
section-events = Événements
section-replications = Reproduction de bonnes pratiques
section-dialogue = Dialogue sur les politiques publiques
section-recommendations = Recommandations et feuilles de route
section-finance = Finances
section-stated-figures = Chiffres cités par les sources
section-conflicts = Divergences entre les sources
section-risks = Risques
section-documents = Documents et sources
section-provenance = À propos de ce rapport
empty-key-data = Aucune autre donnée n’est enregistrée sur ce programme.
empty-acknowledgement = Aucun bailleur de fonds n’est enregistré pour ce programme.
empty-description = Le registre ne contient pas de description de ce programme.
empty-participants = Le registre ne contient aucune organisation participante pour ce programme.
empty-places = Le registre ne contient aucun lieu d’intervention pour ce programme.
empty-classification = Le registre ne contient ni secteur ni objectif pour ce programme.
empty-results = Le registre ne contient pas de cadre de résultats pour ce programme.
empty-events = Le registre ne contient aucun événement de ce programme.
empty-replications = Le registre ne contient aucune ville ayant reproduit une bonne pratique dans le cadre de ce programme.
empty-dialogue = Le registre ne contient aucun dialogue sur les politiques publiques pour ce programme.
empty-recommendations = Le registre ne contient aucune recommandation de ce programme.
empty-finance = Le registre ne contient ni accord, ni budget, ni transaction pour ce programme. Cela ne signifie pas qu’il n’y en a pas eu.
empty-stated-figures = Le registre ne contient aucun chiffre cité par les sources pour ce programme.
empty-conflicts = Les sources enregistrées pour ce programme ne se contredisent pas.
empty-risks = Le registre ne contient aucun risque pour ce programme.
empty-documents = Le registre ne contient aucun document sur ce programme.
empty-provenance = On ne sait pas comment ce rapport a été établi.
heading-agreements = Accords avec les bailleurs de fonds
heading-budget = Budget et dépenses
heading-transactions = Mouvements de fonds
heading-in-kind = Contributions en nature
heading-rates = Taux de change enregistrés
heading-outcomes = Suites des événements
heading-advocacy = Plaidoyer
heading-road-maps = Feuilles de route

## Libellés
fact-part-of = Fait partie de
fact-status = État
fact-period = Période
fact-planned = Période prévue
fact-actual = Période réelle
fact-countries = Pays
fact-reporting = Organisme déclarant
fact-identifier = Identifiant IITA (IATI)
fact-related = Programmes liés
fact-sectors = Secteurs (CAD)
fact-sdgs = Objectifs de développement durable
fact-markers = Marqueurs de politique
fact-priorities = Priorités retenues
fact-vote-period = Période du vote
fact-question = Question
fact-voters = Qui vote
fact-rule = Règle du vote
fact-options = Recommandations soumises au vote
fact-stated = Cité par les sources
fact-sources = Sources
fact-snapshot = Registre consulté le
fact-revision = Révision
fact-code = Code dans le registre
fact-audience = Destinataires
fact-publisher = Éditeur
fact-nothing-on = Rien d’enregistré sur
fact-contact = Contact

## Colonnes
column-organisation = Organisation
column-country = Pays
column-through = Par l’entremise de
column-note = Remarque
column-place = Lieu
column-level = Échelon
column-what = Objet
column-share = Part
column-indicator = Indicateur
column-baseline = Niveau de référence
column-target = Cible
column-actual = Valeur réelle
column-achieved = Réalisation
column-figure = Chiffre
column-stated = Cité
column-registered = Décompte du registre
column-as-of = Date de référence
column-source = Source
column-statement = Ce que dit la source
column-followed = Registre
column-risk = Risque
column-likelihood = Niveau de probabilité
column-impact = Niveau d’impact
column-mitigation = Mesures d’atténuation
column-owner = Suivi par
column-status = État
column-funder = Bailleur de fonds
column-reference = Référence
column-signed = Signature
column-period = Période
column-funder-share = Part du bailleur
column-ceiling = Plafond actuel
column-number = N°
column-line = Ligne budgétaire
column-budget = Budget
column-spent = Dépensé
column-variance = Solde
column-spent-share = Dépensé en %
column-kind = Type
column-count = Nombre
column-first = Premier
column-last = Dernier
column-amount = Montant
column-date = Date
column-what-for = Objet
column-voucher = Pièce justificative
column-contributor = Apporté par
column-valued = Valorisé par, sur quelle base
column-value = Valeur
column-rate = Taux
column-event = Événement
column-women = Femmes
column-men = Hommes
column-unstated = Sexe non précisé
column-withheld = Sexe non communiqué
column-in-all = Total
column-outcome = Résultat
column-practice = Bonne pratique
column-city = Reproduite par
column-stage = Dernière étape
column-result = Résultat
column-recommendation = Recommandation
column-addressee = Destinataire
column-action = Action
column-reply = Réponse
column-step = Étape
column-responsible = Responsable
column-due = Échéance
column-cluster = Groupe de villes
column-eligible = Inscrits
column-valid = Valides
column-spoiled = Nuls
column-turnout = Participation
column-all-clusters = Tous
column-rank = Rang
column-priority = Priorité

## Phrases
results-note = Niveau de référence, cible et valeur réelle tels qu’enregistrés. « Réalisation » désigne la part parcourue de la distance entre le niveau de référence et la cible ; en l’absence de niveau de référence, elle est calculée à partir de zéro.
results-covered = Période couverte : { $period }. Les valeurs des différentes périodes s’additionnent ; pour un indicateur cumulatif, la dernière compte.
no-baseline = non indiqué
no-target = aucune cible fixée
no-actual = non communiquée
no-indicators = Aucun indicateur n’est enregistré pour ce résultat.
assumption = Hypothèse :
verification = Moyens de vérification :
less-is-better = (baisse recherchée)
targets-for-some = Périodes dotées d’une cible : { $given } sur { $all } ; le total ne porte que sur celles-ci.
breakdown-partial = La ventilation par { $by } ne couvre pas l’ensemble.
became-now = aujourd’hui { $name }
became-part-of = fait partie de : { $name }
became-since = depuis { $date }
became-since-day = depuis le { $date }
became-ended = a cessé d’exister après le { $date }
became-ended-in = a cessé d’exister après le { $date } ; son territoire relève de : { $name }
registered-as = dans le registre : { $name }
as-written = texte d’origine : « { $text } »
stated-figures-note = Chiffres avancés par une source. Ils sont repris tels quels et ne s’ajoutent pas aux décomptes du registre.
conflicts-note = Chaque affirmation est conservée avec sa source. Le registre retient celle qui figure en gras.
published-on = publication : { $date }
modified-on = dernière modification : { $date }
locator-paragraph = paragraphe { $n }
locator-page = page { $n }
locator-section = section { $n }
locator-table = tableau { $n }
locator-caption = légende { $n }
locator-title = titre
locator-footer = pied de page
budget-note = « Dépensé » désigne les décaissements et les dépenses imputés à la ligne. Ce qui a été dépensé dans une autre monnaie est converti selon la règle de l’accord lorsqu’un taux est enregistré ; sinon, le montant figure à côté et n’est ni additionné ni comparé.
budget-caption = Budget en { $currency }
budget-original = budget initial : { $amount }
budget-unbooked = Dépensé hors des lignes budgétaires ci-dessus : { $amount }.
not-eligible = non éligible auprès du bailleur
ceiling-original = Plafond à la signature : { $amount }
amendment-ceiling = plafond : { $amount }
amendment-end = fin : { $date }
instalments-paid = Tranches versées : { $paid } sur { $all }, soit { $amount } sur { $whole }
instalments-none-paid = Tranches prévues : { $all }, pour un total de { $whole } ; aucun versement n’est enregistré
transactions-caption = Derniers mouvements : { $shown } sur { $all }
in-kind-note = Les contributions en nature sont valorisées à part et ne sont pas comprises dans les fonds ci-dessus.
not-valued = non valorisé
present-uncounted = Présents, en nombre non précisé :
road-map-without-steps = Les sources n’indiquent aucune étape de cette feuille de route.
event-motto = « { $motto } »
events-note = Les personnes venues avec une délégation sont comptées sur la ligne de celle-ci et ne s’ajoutent pas aux participants de l’événement.
event-visited = organisé par des tiers ; une délégation du programme y a pris part
delegation = Délégation :
total-attendances = Total des participations
at-least = au moins { $n }
withheld = non communiqué
withheld-note = Les nombres inférieurs à cinq, et ceux qui permettraient de les déduire, ne sont pas communiqués, afin que personne ne soit reconnu.
practice-of = ville d’origine : { $city }
rule-picks = recommandations à choisir sur chaque bulletin : de { $minimum } à { $maximum }
rule-picks-exactly = recommandations à choisir sur chaque bulletin : { $n } exactement
rule-places = recommandations retenues comme priorités : { $n }
turnout-caption = Bulletins par groupe de villes
votes-caption = Voix obtenues par chaque recommandation
votes-note = La participation tient compte aussi des bulletins nuls. Les colonnes A, B… du tableau ci-dessous correspondent aux groupes désignés par ces lettres ci-dessus. Un bulletin valide peut porter plusieurs recommandations ; le nombre de voix dépasse donc celui des bulletins.
priority = priorité
priorities-tied = Des recommandations à égalité de voix portent le nombre de priorités au-delà du nombre prévu ; la règle le permet.
dialogue-no-result = Le résultat du vote n’est pas public, ou le registre ne contient aucun bulletin ; ni voix ni rangs ne sont donc indiqués ici.
language-marks-note = Une petite mention telle que VI après un texte en indique la langue lorsque le registre n’en contient pas de version dans la langue de ce rapport.
acknowledgement-funded-by = Bailleur de fonds : { $funders }.
acknowledgement-co-funded-by = Cofinanceurs : { $funders }.
acknowledgement-also-funded-by = Également cofinancé par : { $funders }.
audience-public = grand public

## Listes fermées
lang-vi = en vietnamien
lang-en = en anglais
lang-fr = en français
lang-de = en allemand
level-programme = Programme
level-project = Projet
level-component = Composante
status-pipeline = En préparation
status-implementation = En cours
status-finalisation = En phase de clôture
status-closed = Clôturé
status-cancelled = Annulé
status-suspended = Suspendu
role-funding = Financement
role-accountable = Responsabilité générale
role-extending = Gestion pour le compte du bailleur
role-implementing = Mise en œuvre
relation-precedes = Précédé de
relation-sibling = En parallèle
relation-co_funded = Cofinancé avec
relation-same_activity = Même activité, déclarée par un autre organisme
relation-part = Comprend
relation-follows = Suivi de
result-impact = Impact
result-outcome = Effet
result-immediate_outcome = Effet immédiat
result-output = Extrant
result-other = Résultat
dimension-sex = sexe
dimension-city = ville
dimension-other = autre critère
sex-women = femmes
sex-men = hommes
sex-female = femmes
sex-male = hommes
sex-unstated = sexe non précisé
sex-withheld = sexe non communiqué
rate-rule-transaction_date = taux du jour de la transaction
rate-rule-report_date = taux du jour du rapport
amendment-top_up = Financement complémentaire
amendment-no_cost_extension = Prolongation sans coût supplémentaire
amendment-revision = Révision
transaction-incoming_funds = Fonds reçus
transaction-outgoing_commitment = Engagement sortant
transaction-disbursement = Décaissement
transaction-expenditure = Dépense
transaction-interest_payment = Paiement d’intérêts
transaction-loan_repayment = Remboursement de prêt
transaction-reimbursement = Remboursement
transaction-purchase_of_equity = Prise de participation
transaction-sale_of_equity = Cession de participation
transaction-credit_guarantee = Garantie de crédit
transaction-incoming_commitment = Engagement entrant
transaction-outgoing_pledge = Promesse sortante
transaction-incoming_pledge = Promesse entrante
organisation-government = gouvernement
organisation-local_government = collectivité locale
organisation-other_public_sector = autre organisme public
organisation-international_ngo = ONG internationale
organisation-national_ngo = ONG nationale
organisation-regional_ngo = ONG régionale
organisation-public_private_partnership = partenariat public-privé
organisation-multilateral = organisation multilatérale
organisation-foundation = fondation
organisation-private_sector = secteur privé
organisation-academic = établissement d’enseignement ou de recherche
organisation-other = autre
document-web_page = page web
document-news = actualité
document-report = rapport
document-plan = plan
document-agreement = accord
document-project_profile = fiche de projet
document-photograph = photographie
document-other = document
qualifier-exact = exactement
qualifier-over = plus de
qualifier-about = environ
qualifier-up_to = jusqu’à
likelihood-low = faible
likelihood-medium = moyen
likelihood-high = élevé
risk-status-open = ouvert
risk-status-occurred = survenu
risk-status-closed = clos
event-conference = conférence
event-workshop = atelier
event-training = formation
event-meeting = réunion
event-study_tour = voyage d’étude
event-visit = visite
event-ceremony = cérémonie
event-other = autre événement
participants-national_government = administration centrale
participants-local_government = collectivités locales
participants-association = associations
participants-civil_society = société civile
participants-academia = enseignement supérieur et recherche
participants-press = presse
participants-funder = bailleurs de fonds et organisations internationales
participants-private_sector = secteur privé
participants-expert = experts
participants-staff = personnel
participants-other = autres
outcome-decision = Décision
outcome-agreement = Accord
outcome-lesson = Enseignement
outcome-assessment = Évaluation
outcome-next_step = Étape suivante
stage-proposed = proposée
stage-chosen = choisie
stage-planned = planifiée
stage-underway = en cours
stage-completed = achevée
stage-evaluated = évaluée
stage-sustained = pérennisée
stage-stopped = abandonnée
recommendation-proposed = proposée
recommendation-agreed = convenue
recommendation-prioritised = retenue comme priorité
recommendation-submitted = soumise
recommendation-accepted = acceptée, au moins en partie
recommendation-implemented = en cours de mise en œuvre
recommendation-rejected = rejetée
step-planned = prévue
step-underway = en cours
step-done = achevée
step-dropped = abandonnée
advocacy-letter = Courrier
advocacy-meeting = Réunion
advocacy-comment = Observations sur un projet de texte
advocacy-other = Autre action
advocacy-status-drafted = en préparation
advocacy-status-sent = envoi ou réunion effectués
advocacy-status-answered = réponse reçue
advocacy-status-closed = dossier clos
dialogue-status-preparing = en préparation
dialogue-status-open = vote ouvert
dialogue-status-closed = vote clos
dialogue-status-published = résultat publié
secrecy-named = chaque bulletin indique la ville qui l’a déposé
secrecy-anonymous = bulletins anonymes
tie-all_win = en cas d’égalité : toutes deviennent des priorités
tie-more_clusters = en cas d’égalité : celle qui arrive en tête dans le plus de groupes
tie-ballot_order = en cas d’égalité : celle qui figure en premier sur le bulletin
authority-region = région
authority-province = province
authority-municipality = municipalité de rang provincial
authority-city = ville
authority-district = district
authority-town = petite ville
authority-commune = commune
authority-ward = quartier
significance-0 = non ciblé
significance-1 = objectif significatif
significance-2 = objectif principal
significance-3 = objectif principal, programme spécifique
significance-4 = objectif premier explicite
marker-1 = Égalité des genres
marker-2 = Aide à l’environnement
marker-3 = Développement participatif, bonne gouvernance
marker-4 = Développement du commerce
marker-5 = Biodiversité
marker-6 = Atténuation du changement climatique
marker-7 = Adaptation au changement climatique
marker-8 = Lutte contre la désertification
marker-9 = Santé reproductive, maternelle et infantile
marker-10 = Réduction des risques de catastrophe
marker-11 = Inclusion et autonomisation des personnes handicapées
marker-12 = Nutrition
sdg-1 = Pas de pauvreté
sdg-2 = Faim « zéro »
sdg-3 = Bonne santé et bien-être
sdg-4 = Éducation de qualité
sdg-5 = Égalité entre les sexes
sdg-6 = Eau propre et assainissement
sdg-7 = Énergie propre et d’un coût abordable
sdg-8 = Travail décent et croissance économique
sdg-9 = Industrie, innovation et infrastructure
sdg-10 = Inégalités réduites
sdg-11 = Villes et communautés durables
sdg-12 = Consommation et production responsables
sdg-13 = Mesures relatives à la lutte contre les changements climatiques
sdg-14 = Vie aquatique
sdg-15 = Vie terrestre
sdg-16 = Paix, justice et institutions efficaces
sdg-17 = Partenariats pour la réalisation des objectifs

## Pays que citent les programmes du registre de démonstration
country-BE = Belgique
country-BF = Burkina Faso
country-BO = Bolivie
country-CA = Canada
country-CI = Côte d’Ivoire
country-DE = Allemagne
country-DK = Danemark
country-FR = France
country-ID = Indonésie
country-KH = Cambodge
country-KR = République de Corée
country-ML = Mali
country-NI = Nicaragua
country-PH = Philippines
country-TH = Thaïlande
country-TZ = Tanzanie
country-US = États-Unis d’Amérique
country-VN = Viêt Nam

## Points sur lesquels les sources peuvent diverger
property-title = Titre
property-acronym = Sigle
property-since = Depuis
property-founded = Fondation
property-contact-email = Adresse électronique
property-status = État
property-description = Description
property-planned = Période prévue
property-planned-from = Début prévu
property-planned-to = Fin prévue
property-actual = Période
property-actual-from = Début
property-actual-to = Fin
property-ceiling = Contribution du bailleur de fonds
property-eligible_cost = Coûts éligibles
property-budget = Budget
property-amount = Montant
property-countries = Pays
property-places = Lieux
property-funder = Bailleur de fonds
property-name = Nom
property-level = Échelon
property-period = Période
property-country = Pays
property-authority = Lieu
property-practice = Bonne pratique
property-stages = Étapes de la reproduction
property-result = Résultat
property-housing-status = État du projet de logement
property-role-title = Intitulé de la fonction

## Le classeur

workbook-digits = Un tableur garde 15 chiffres d’un nombre et celui-ci en a davantage ; il figure donc ici comme texte. Tous ses chiffres :

# --- policy dialogue, mission, news, network

section-ballot = Soumis au vote
section-map = Carte
section-replication-stages = Avancement des reproductions
section-road-map = Avancement de la feuille de route
section-event = L’événement
section-delegation = La délégation
section-sessions = Séances
section-meetings = Rencontres
section-outcomes = Suites de l’événement
section-voices = Propos tenus
section-paid-by = Prise en charge
section-readings = Lectures corrigées
section-lead = L’information
section-editors-notes = Notes aux rédactions
section-event-figures = En chiffres
section-about-programme = À propos du programme
section-consortium = Mise en œuvre
section-contact = Contact
empty-ballot = Le registre ne contient pas les recommandations soumises au vote.
empty-map = Le registre ne contient aucun lieu dont la position soit connue.
empty-replication-stages = Aucune source n’indique l’avancement d’une reproduction.
empty-road-map = Le registre ne contient aucune étape de feuille de route.
empty-event = Le registre ne contient aucun événement qui puisse être présenté ici.
empty-delegation = Le registre ne contient aucune délégation à cet événement.
empty-sessions = Le registre ne contient aucune séance de cet événement.
empty-meetings = Le registre ne contient aucune rencontre en marge de cet événement.
empty-outcomes = Le registre n’indique pas les suites de cet événement.
empty-voices = Aucune source ne rapporte de propos tenus lors de cet événement.
empty-paid-by = Aucune source n’indique qui a pris les frais en charge.
empty-readings = Aucune source n’a dû être lue autrement qu’elle n’est écrite.
empty-lead = Le registre ne contient aucun événement qui puisse être présenté ici.
empty-editors-notes = Le registre ne contient rien d’autre pour les rédactions.
empty-event-figures = Aucune source ne donne de chiffres sur cet événement.
empty-about-programme = Le registre ne contient aucun programme qui puisse être présenté ici.
empty-consortium = Aucune source n’indique qui met en œuvre le programme.
empty-contact = Le registre ne contient aucune adresse de contact.
fact-sort = Type
fact-when = Date
fact-where = Lieu
fact-held-by = Organisé par
fact-motto = Devise
fact-about = Objet
fact-came = Participants
fact-sent-by = Envoyée par
fact-from = Provenance
fact-agreement = Accord
fact-programme = Programme
column-side = Catégorie
column-organisations = Organisations
column-format = Forme
column-session = Séance
column-met = Interlocuteurs
column-attended = Délégation
column-stages = Étapes franchies
column-as-written = Texte d’origine
column-reading = Lecture du registre
attended = présente
sessions-attendance-unknown = Aucune source n’indique à quelles séances la délégation a assisté.
tallies-caption = Voix, tous groupes de villes réunis
tallies-alternative = Graphique à barres. Voix par recommandation, dans l’ordre décroissant : { $list }.
tallies-note = La part est celle des bulletins valides qui retiennent la recommandation. Les priorités sont mises en évidence.
tallies-by-cluster-caption = Voix par groupe de villes
tallies-by-cluster-alternative = Graphique à barres. Voix par recommandation et par groupe de villes : { $list }.
count-votes = { $count ->
    [one] { $count } voix
   *[other] { $count } voix
}
map-of-vietnam = Carte du Viêt Nam
map-of-southeast-asia = Carte de l’Asie du Sud-Est
map-of-the-world = Carte du monde
map-alternative = { $map } avec ces lieux : { $list }.
map-without = Absents de la carte, faute de position enregistrée : { $places }.
map-outlines = Contours : Natural Earth.
map-outlines-borders = Contours : Natural Earth. Le tracé des frontières n’exprime aucune prise de position de l’éditeur.
map-hoang-sa = Hoàng Sa
map-truong-sa = Trường Sa
map-east-sea = Mer de l’Est
stages-caption = Étapes franchies par chaque ville
stages-alternative = Schéma. Étapes franchies par chaque ville : { $list }.
stages-note = Un cercle plein marque une étape que cite une source ; sans date, le jour où elle a été franchie n’est pas connu.
stages-unknown = Aucune source n’indique où en sont : { $cities }.
road-map-alternative = Schéma. Étapes de « { $title } » : { $list }.
step-due = échéance : { $date }
delegation-unknown = Aucune source n’indique qui faisait partie de la délégation.
delegation-uncounted = Les sources citent les participants sans en donner le nombre.
delegation-caption = Membres par catégorie
delegation-picture-caption = Membres par catégorie et par sexe
delegation-alternative = Graphique à barres. Membres de la délégation par catégorie : { $list }.
voices-note = Les propos sont rapportés ; ce ne sont pas des citations.
paid-by-note = Aucune source ne cite d’accord ayant financé la délégation elle-même. Sont nommés les bailleurs de fonds du programme dans le cadre duquel elle s’est déplacée.
readings-note = Certaines sources sont altérées ou mal orthographiées. Leur texte est conservé tel quel, avec en regard la lecture du registre.
lead-held-by = Organisation : { $organisers }.
lead-part-of = Cette manifestation s’inscrit dans le programme { $programme }.
lead-part-of-part = Cette manifestation relève de { $part }, dans le programme { $programme }.
lead-delegation = Parmi les participants : { $delegation } (organisme d’envoi : { $organiser }).
carried-out-by = Mise en œuvre : { $members }.
consortium-of = Mise en œuvre conjointe : { $members }.
tile-ballots = Bulletins déposés
tile-turnout = participation de { $share }
tile-turnout-unknown = nombre d’inscrits non connu
tile-clusters = Groupes de villes
tile-options = Soumises au vote
tile-priorities = Priorités
tile-when = Date
tile-where = Lieu
tile-delegates = Délégués
tile-attended = Séances et rencontres suivies
tile-people = Participants
format-opening = ouverture
format-session = séance
format-civil_society_day = journée de la société civile
format-round_table = table ronde
format-side_meeting = réunion parallèle
format-meeting = rencontre
format-site_visit = visite de terrain
format-closing = clôture
public-role-speaker = Intervention
public-role-signatory = Signataire
public-role-contact = Contact
public-role-official = Fonction
public-role-coordinator = Coordination

# --- partners and portfolios
tile-cooperation = Années
tile-programmes = Programmes
count-programmes = { $count ->
    [one] { $count } programme
   *[other] { $count } programmes
}
count-parts = { $count ->
    [one] dont 1 composante
   *[other] dont { $count } composantes
}
section-partner = Présentation
section-history = Historique
section-memberships = Adhésions
section-partner-programmes = Programmes par rôle
section-partner-agreements = Accords
section-partner-events = Événements organisés ou suivis
section-portfolio = Programmes financés
section-portfolio-groups = Récapitulatifs
empty-partner = Le registre ne contient rien de plus sur cette organisation.
empty-history = Le registre ne contient aucune histoire commune de cette organisation avec l’association.
history-undated = { $count ->
    [one] Aucune date n’est connue pour { $count } programme, qui figure dans la liste par rôle.
   *[other] Aucune date n’est connue pour { $count } programmes, qui figurent dans la liste par rôle.
}
empty-memberships = Le registre ne contient aucune adhésion de cette organisation.
empty-partner-programmes = Le registre ne contient aucun programme auquel participe cette organisation.
empty-partner-agreements = Le registre ne contient aucun accord au titre duquel cette organisation paie ou reçoit des fonds. Cela ne signifie pas qu’il n’y en a pas eu.
empty-partner-events = Le registre ne contient aucun événement que cette organisation ait tenu ou auquel elle ait assisté.
empty-portfolio = Le registre ne contient aucun programme financé par cette organisation.
portfolio-other-roles = { $count ->
    [one] Elle participe à { $count } programme à un autre titre ; voir son profil de partenaire.
   *[other] Elle participe à { $count } programmes à un autre titre ; voir son profil de partenaire.
}
empty-portfolio-groups = Il n’y a rien à récapituler, car le registre ne contient aucun programme financé par cette organisation.
fact-organisation-kind = Type d’organisme
fact-seat = Siège
fact-founded = Création
fact-ended = Fin
fact-partner-since = Partenaire depuis
fact-website = Site web
fact-organisation-identifier = Identifiant IITA (IATI) de l’organisation
fact-successions = Prédécesseurs et successeurs
succession-renamed = Changement de nom : { $before } → { $after }
succession-merged = Intégration dans un autre organisme : { $before } → { $after }
succession-split = Scission : { $before } → { $after } et autres
succession-succeeded = Succession : { $before } → { $after }
names-caption = Noms successifs
column-name = Nom
column-acronym = Sigle
column-used = Période d’usage
column-moment = Fait
column-named-there = Nom dans le programme
column-agreement = Accord
column-parties = De → à
column-its-part = Rôle
column-programme = Programme
column-programmes = Programmes
column-which = Lesquels
column-without-amount = Sans montant
column-agreed = Convenu
column-received = Reçu
column-disbursed = Décaissé
moment-founded = Création
moment-named = Nouveau nom
moment-partnership_began = Devient partenaire de l’association
moment-membership_began = Début de l’adhésion
moment-succeeded = Succession
moment-programme_began = Début du programme
moment-programme_ended = Fin du programme
moment-agreement_signed = Signature de l’accord
memberships-in = Membre de
memberships-of = Membres nommés dans le registre
event-part-held = organisation
event-part-held-with = organisation avec d’autres
event-part-sent = délégation envoyée
event-part-came = participation
group-by-year = Par année
group-by-sector = Par secteur
group-by-city = Par ville ou collectivité
group-by-country = Par pays
group-by-status = Par état d’avancement
group-by-funder = Par nom du bailleur
group-year = Année
group-sector = Secteur
group-city = Ville ou collectivité
group-country = Pays
group-status = État d’avancement
group-funder = Bailleur
group-undivided = montants non répartis
group-unstated-or-undivided = non précisé ou non réparti
group-unstated = non précisé
picture-alternative = { $caption }. { $list }
chart-programmes = Les programmes au fil des années
chart-agreed-by = { $by } : montants convenus, en { $currency }
chart-history = Au fil des années
portfolio-note = Chaque programme porte le nom que le bailleur avait à l’époque, tel que sa source le donne. Les totaux comptent une seule fois un programme et ses parties. Les montants libellés dans des monnaies différentes ne sont pas additionnés.
portfolio-groups-note = Un programme figure dans chaque groupe auquel il appartient ; la somme des nombres de programmes peut donc dépasser le total. L’argent n’est réparti que si des parts sont enregistrées ; les montants non répartis figurent sur une ligne à part, qui ne recompte aucun programme.
portfolio-ungrouped = Le registre ne l’indique pour aucun de ces programmes.
portfolio-without-amount = { $count ->
    [one] Pour { $count } programme, aucun montant convenu n’est connu.
   *[other] Pour { $count } programmes, aucun montant convenu n’est connu.
}
portfolio-unattributed = Mouvements de ces programmes dont aucune source ne dit qui a payé : { $amounts }. Ils ne figurent dans aucune somme de ce rapport.
made-up-left-out = { $count ->
    [one] { $count } programme fictif, créé pour montrer le logiciel, n’est pas pris en compte.
   *[other] { $count } programmes fictifs, créés pour montrer le logiciel, ne sont pas pris en compte.
}
none-registered = rien d’enregistré
counted-elsewhere = compté à une autre ligne
part-of-amount = compris dans le montant de { $code }
part-of-whole = fait partie de { $whole }
paid-through = intermédiaire : { $name }
paid-with = avec : { $names }
illustrative-line = fictif

# --- progress
section-narrative = Rapport narratif
section-results-chart = Cibles et valeurs réelles
section-finance-lines = Rapport financier par ligne budgétaire
section-finance-funders = Fonds par bailleur
section-finance-chart = Les fonds en graphiques
section-next-reports = Calendrier des rapports
section-glossary = Sigles
empty-narrative = Le registre ne contient aucun texte à ce sujet pour la période.
empty-results-chart = Aucun indicateur n’a à la fois une cible et une valeur réelle ; il n’y a donc rien à représenter.
empty-finance-lines = Le registre ne contient aucune ligne budgétaire pour ce programme.
empty-finance-funders = Le registre ne contient aucun accord pour ce programme. Cela ne signifie pas qu’il n’y en a pas eu.
empty-finance-chart = Aucune dépense n’est enregistrée ; il n’y a donc rien à représenter.
empty-next-reports = Les accords enregistrés n’indiquent aucun rapport à remettre.
empty-glossary = Ce rapport n’emploie aucun sigle expliqué par le registre.
narrative-summary = Résumé
narrative-activities = Activités
narrative-results = Résultats obtenus
narrative-partners = Collaboration entre partenaires
narrative-visibility = Visibilité
narrative-lessons = Enseignements tirés
narrative-risks = Difficultés et risques
narrative-next_steps = Prochaines étapes
narrative-other = Autres remarques
column-previous = Valeur précédente
column-current = Pendant la période
column-to-date = À ce jour
column-target-end = Cible finale
results-period-caption = Résultats au regard du niveau de référence et de la cible
results-period-note = « Valeur précédente » désigne la dernière valeur communiquée avant la période. « À ce jour » va jusqu’à la fin de la période, et « Réalisation » désigne la part parcourue de la distance entre le niveau de référence et la cible finale ; en l’absence de niveau de référence, elle est calculée à partir de zéro. La date figure sous chaque valeur.
results-all-cumulative = Tous les chiffres sont cumulatifs : chacun comprend tout ce qui précède.
results-none-cumulative = Les chiffres des colonnes « Valeur précédente » et « Pendant la période » ne portent que sur leur propre période ; « À ce jour » en est la somme.
results-some-cumulative = Les indicateurs portant la mention (cumulatif) le sont : chacun de leurs chiffres comprend tout ce qui précède. Pour les autres, « Valeur précédente » et « Pendant la période » ne portent que sur leur propre période, et « À ce jour » en est la somme.
cumulative = (cumulatif)
target-of-period = Cible de la période : { $target }
reason-for-variance = Remarques, raisons des écarts :
caption-results-chart = Progression des indicateurs vers leur cible
alt-results-chart = Graphique à barres. Part parcourue de la distance entre le niveau de référence et la cible, par indicateur : { $items }.
results-chart-note = La longueur d’une barre est la part parcourue de la distance entre le niveau de référence et la cible ; le trait marque la cible. En l’absence de niveau de référence, la distance part de zéro.
chart-of-target = { $actual } sur { $target } ({ $share })
chart-no-target = Sans cible fixée : { $indicators }.
chart-no-actual = Sans valeur communiquée : { $indicators }.
chart-no-share = Cible et valeur réelle sans rapport chiffrable en pourcentage : { $indicators }.
caption-by-sex = { $indicator }, par sexe
alt-by-sex = Graphique à barres. { $indicator }, par sexe : { $items }.
finance-interim = Rapport financier intermédiaire. Fin du programme : { $end }.
finance-final = Rapport financier final. Fin du programme : { $end }.
finance-standing-unknown = Aucune fin de programme n’est enregistrée ; il n’est donc pas précisé si ce rapport est intermédiaire ou final.
finance-lines-note = Le montant dépensé comprend les décaissements et les dépenses imputés à la ligne. L’écart est le budget moins la prévision du total dépensé à la fin ; faute de prévision, moins le montant dépensé à ce jour.
finance-lines-caption = Coûts éligibles en { $currency }
finance-lines-ineligible-caption = Coûts non éligibles en { $currency }
column-spent-in-period = Dépensé pendant la période
column-spent-so-far = Dépensé à ce jour
column-forecast = Prévision
column-budget-variance = Écart
column-budget-variance-share = Écart en %
explanation = Explication :
not-stated = non indiqué
not-converted = non converti
amount-not-converted = { $amount } (non converti)
of-so-many-lines = lignes renseignées : { $some } sur { $all }
of-so-many-agreements = accords renseignés : { $some } sur { $all }
heading-rates-used = Taux de change appliqués
rates-rule = Les montants libellés dans une autre monnaie ont été convertis selon la règle de l’accord : { $rule } ; à défaut de taux ce jour-là, le dernier taux antérieur. Sans taux ou sans règle enregistrés, rien n’est converti.
finance-funders-note = Engagé : le plafond actuel ; reçu : les versements encaissés ; dépensé : les décaissements et les dépenses ; solde : ce qui a été reçu et n’a pas été dépensé ; le tout jusqu’à la fin de la période couverte.
column-committed = Engagé
column-balance = Solde
total-in = Total en { $currency }
spent-outside-agreements = Dépensé hors de ces accords : { $amount }.
instalments-caption = Tranches dues et reçues
column-condition = Condition
column-received-on = Date de réception
no-condition = aucune condition indiquée
no-payment-registered = aucun versement enregistré
caption-money-lines = Dépenses par ligne budgétaire, au regard du budget, en { $currency }
caption-money-years = Dépensé et reçu par année, en { $currency }
caption-money-funders = Dépenses par accord, au regard de l’engagement, en { $currency }
alt-money = Graphique à barres. { $caption } : { $items }.
chart-spent-of = { $spent } sur { $of } ({ $share })
chart-year = dépensé : { $spent } ; reçu : { $received }
column-report = Rapport
column-delivered = Remise
not-delivered = pas encore remis
column-meaning = Signification
glossary-eu = UE = Union européenne
glossary-gac = AMC = Affaires mondiales Canada
glossary-iati = IITA = Initiative internationale pour la transparence de l’aide
glossary-ngo = ONG = organisation non gouvernementale
glossary-oecd = OCDE = Organisation de coopération et de développement économiques
glossary-sdg = ODD = objectif de développement durable
glossary-un = ONU = Organisation des Nations unies

# --- countries and years

title-countries = Coopération entre collectivités : { $one } – { $other }
title-year = La coopération en { $year }
section-bilateral-summary = En bref
section-partnerships = Partenariats par paire de collectivités
section-partnership-time-line = Au fil du temps
section-partnership-agreements = Accords et projets
section-partnership-totals = Décompte par collectivité et par secteur
section-dated-news = Actualités
section-year-summary = L’année en bref
section-year-programmes = Programmes
section-year-participants = Participation aux événements
section-year-agreements = Accords signés
section-year-money = Fonds reçus et dépensés
section-year-results = Résultats atteints
section-year-practices = Bonnes pratiques apparues dans l’année
section-year-memberships = Nouvelles adhésions
empty-bilateral-summary = Le registre ne contient rien sur la coopération entre collectivités de ces deux pays.
empty-partnerships = Le registre ne contient aucun partenariat entre collectivités de ces deux pays. Cela ne signifie pas qu’il n’y en a pas.
empty-partnership-time-line = Le registre ne contient aucun partenariat à situer dans le temps.
empty-partnership-agreements = Le registre ne contient ni accord ni projet de ces partenariats.
empty-partnership-totals = Le registre ne contient aucun partenariat à décompter.
empty-dated-news = Le registre ne contient ici aucune actualité.
empty-year-summary = Le registre ne contient rien sur cette année. Cela ne signifie pas que rien n’a été fait.
empty-year-programmes = Le registre ne contient aucun programme en cours cette année-là.
empty-year-participants = Aucune source n’indique combien de personnes ont participé aux événements de l’année.
empty-year-agreements = Le registre ne contient aucun accord signé cette année-là.
empty-year-money = Le registre ne contient aucun mouvement de fonds cette année-là. Cela ne signifie pas qu’il n’y en a pas eu.
empty-year-results = Le registre ne contient aucune valeur dont la période s’achève cette année-là.
empty-year-practices = Le registre ne contient aucune bonne pratique apparue cette année-là.
empty-year-memberships = Le registre ne contient aucune adhésion cette année-là.
tile-partnerships = Partenariats
tile-localities = Collectivités
tile-agreements = Accords
tile-projects = Projets
tile-stated = selon les sources : { $figures }
tile-year-programmes = Programmes et projets
tile-year-perhaps = { $count ->
    [one] et { $count } peut-être en cours
   *[other] et { $count } peut-être en cours
}
tile-year-events = Événements
tile-year-people = Participations
tile-year-spent = Dépensé
fact-localities = Collectivités participantes
fact-news = Actualités
fact-year-programmes = Programmes et projets
fact-year-events = Événements
fact-year-dialogues = Dialogues sur les politiques publiques
fact-year-letters = Courriers de plaidoyer
fact-year-agreements = Accords
fact-year-replications = Reproductions de bonnes pratiques
fact-year-memberships = Nouvelles adhésions
fact-year-news = Actualités
count-signed = { $count ->
    [one] { $count } signé
   *[other] { $count } signés
}
count-only-reported = { $count ->
    [one] { $count } seulement signalé, date de signature inconnue
   *[other] { $count } seulement signalés, dates de signature inconnues
}
count-events = { $count ->
    [one] { $count } événement
   *[other] { $count } événements
}
count-dialogues = { $count ->
    [one] { $count } dialogue
   *[other] { $count } dialogues
}
count-sent = { $count ->
    [one] { $count } envoyé
   *[other] { $count } envoyés
}
count-answered = { $count ->
    [one] { $count } ayant reçu une réponse
   *[other] { $count } ayant reçu une réponse
}
count-replications = { $count ->
    [one] { $count } a franchi une étape
   *[other] { $count } ont franchi une étape
}
count-memberships = { $count ->
    [one] { $count } adhésion
   *[other] { $count } adhésions
}
count-news = { $count ->
    [one] { $count } actualité
   *[other] { $count } actualités
}
course-started = Commencés dans l’année
course-went-on = En cours toute l’année
course-ended = Achevés dans l’année
course-within = Commencés et achevés dans l’année
course-may-have-run = Peut-être en cours (aucune source n’indique le début ou la fin)
heading-cooperation-agreements = Accords entre collectivités
heading-projects = Projets
column-partnership = Partenariat
column-partnerships = Partenariats
column-agreements = Accords
column-projects = Projets
column-project = Projet
column-party = Collectivité
column-sectors = Secteurs
column-holds = En vigueur
column-how-many = Nombre
column-news = Actualité
column-publisher = Publié par
column-funders = Bailleurs de fonds
column-participants = Participants
column-member = Membre
column-joined = A rejoint
counted-alternative = Graphique à barres. { $caption } : { $list }.
partnerships-by-city = Partenariats par collectivité
partnerships-by-sector = Partenariats par secteur
partnerships-without-sectors = Aucune source n’indique les secteurs de chaque partenariat.
partnership-totals-note = Un partenariat de plusieurs collectivités ou secteurs compte dans chacun ; la somme des colonnes ne donne donc pas le nombre de partenariats.
partnership-also = Participe aussi :
partnership-cooperation = coopération sur projets
partnership-twinning = jumelage
partnership-friendship = amitié
partnership-status-active = actif
partnership-status-dormant = en sommeil
partnership-status-ended = terminé
partnership-status-unknown = on ne sait pas s’il est encore actif
partnership-status-as-of = { $status } (situation : { $date })
partnership-lasted = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
partnership-lasts = { $count ->
    [one] { $count } an à la date du rapport
   *[other] { $count } ans à la date du rapport
}
agreement-signed = signé : { $date }
agreement-only-reported = signalé : { $date } ; date de signature inconnue
moment-partnership = partenariat
moment-signed = signature d’un accord
moment-reported = accord signalé, date de signature inconnue
moment-project = projet
moment-news = actualité
time-line-caption = Partenariats, accords, projets et actualités
time-line-alternative = Frise chronologique. { $list }.
time-line-open = Barre qui s’estompe : la fin n’est pas connue.
time-line-undated = Début non connu : { $partnerships }.
time-line-without-dates = Aucune source ne donne de date pour ces partenariats.
bilateral-counted-note = Ce sont les décomptes du registre ; il peut y en avoir davantage.
left-out-note = { $count ->
    [one] { $count } fiche inventée pour présenter le logiciel n’est pas reprise ici.
   *[other] { $count } fiches inventées pour présenter le logiciel ne sont pas reprises ici.
}
dated-news-note = La date est celle de la publication. Titres et résumés sont formulés par le registre.
dated-news-publisher = Toutes ont été publiées par : { $publisher }.
year-counted-note = Ce sont les décomptes de ce que le registre contient et que le lecteur peut voir. Un programme et ses parties comptent une fois.
year-undated = { $count ->
    [one] { $count } programme est enregistré sans aucune date ; on ne sait pas s’il était en cours cette année-là.
   *[other] { $count } programmes sont enregistrés sans aucune date ; on ne sait pas s’ils étaient en cours cette année-là.
}
programmes-by-funder = Programmes et projets par bailleur de fonds
programmes-by-sector = Programmes et projets par secteur
programmes-counted-note = Sont comptés les programmes certainement en cours dans l’année, chacun avec ses parties une fois ; celui qui a plusieurs bailleurs ou secteurs compte dans chacun.
participants-by-sex = Participants par sexe
year-people-in-all = Total des participations : { $n }.
year-people-note = { $count ->
    [one] Les effectifs de { $count } événement sont connus. Les membres des délégations ne sont pas comptés ici.
   *[other] Les effectifs de { $count } événements sont connus. Les membres des délégations ne sont pas comptés ici.
}
year-money-note = « Reçu » est ce qui est entré, « dépensé » ce qui a été décaissé et dépensé dans l’année. Les montants en monnaies différentes ne sont pas additionnés. Le montant d’une partie n’est pas recompté lorsque l’ensemble en a un de même nature, du même bailleur.
year-results-note = Valeurs réelles dont la période s’achève dans l’année, telles qu’enregistrées.
year-cumulative = comprend ce qui a été atteint auparavant
property-from = Début
property-to = Fin
property-signed = Signature
property-reported = Signalement
property-published = Publication

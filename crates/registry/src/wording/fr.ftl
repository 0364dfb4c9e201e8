# Refus de modifications : chacun dit ce qui ne va pas et que faire.
forbidden = Vous n’avez pas le droit de faire cela ({ $action }) : adressez-vous à un administrateur du registre.
key-reused = Cette clé d’idempotence a servi pour une autre requête : créez une nouvelle clé pour une nouvelle requête.
conflict = Quelqu’un d’autre a modifié cet enregistrement : il en est à la version { $version }. Relisez-le et refaites votre modification.

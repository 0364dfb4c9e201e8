# Ablehnungen von Änderungen: jede sagt, was falsch ist und was zu tun ist.
forbidden = Dazu haben Sie keine Berechtigung ({ $action }): Wenden Sie sich an die Verwaltung des Registers.
key-reused = Dieser Idempotenzschlüssel wurde für eine andere Anfrage verwendet: Erzeugen Sie für eine neue Anfrage einen neuen Schlüssel.
conflict = Jemand anderes hat diesen Datensatz geändert: Er hat jetzt die Version { $version }. Lesen Sie ihn neu und wiederholen Sie Ihre Änderung.

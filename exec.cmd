@rem The scripts of package.json say "exec node": elsewhere Node then takes the place of the shell, and
@rem signals sent to npm reach it. Windows has no such word; this is it.
@%*

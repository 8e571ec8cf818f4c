def log = new File(basedir, "build.log").text
assert log.contains('''ft:validate is skipped: ft.skip is true.''')
assert log.contains('''ft:dataset is skipped: ft.dataset.skip is true.''')
assert !new File(basedir, "target/ft").exists()
// Of each build once.
assert log.split("property ft.cacheSze, but no goal of this plugin reads it. Did you mean 'ft.cacheSize'?", -1).length == 3

def log = new File(basedir, "build.log").text
assert log.contains('''ft:validate is skipped: ft.skip is true.''')
assert log.contains('''ft:dataset is skipped: ft.dataset.skip is true.''')
assert !new File(basedir, "target/ft").exists()
// Of each build once.
assert log.split("property ft.cacheSze, but no goal of this plugin reads it. Did you mean 'ft.cacheSize'?", -1).length == 4
assert log.contains("There is no target/skip-1.0.jar of an earlier build, so this module is neither installed nor deployed")
assert !new File(localRepositoryPath, "it/skip/1.0").exists()

def spec = new File(ft, "fine-tune.yaml").text
spec = spec.replace("epochs: 60", "epochs: 1")
spec = spec.substring(0, spec.indexOf("acceptance:")) +
    "evaluation:\n  tasks:\n    - {path: tasks/warm.yaml, limit: 6}\n    - tasks/echo.yaml\n"
new File(ft, "fine-tune.yaml").text = spec
new File(ft, "wrong.yaml").text = spec.replace("tasks/echo.yaml", "tasks/wrong.yaml")
new File(ft, "tasks/wrong.yaml").text = new File(ft, "tasks/echo.yaml").text + "process_results: !function utils.score\n"
return true

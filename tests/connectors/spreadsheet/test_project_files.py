"""Projects, milestones and tasks in files, by ids and by names."""

from files import records

from connectors.mapping.apply import apply, as_json

PROJECTS = (
    "Project ID,Project Name,Start Date,Due Date,Project Manager,Customer\n"
    "P-1,Dock «Ø» & Co,2021-02-01,2021-11-30,Ana Ågren,Ćevap & Sons\n"
)
MILESTONES = (
    "Milestone ID,Milestone Name,Project,Due Date,Completed,Completed Date\n"
    "M-1,Piles,Dock «Ø» & Co,2021-04-30,yes,2021-04-28\n"
)
TASKS = (
    "Task ID,Task Name,Project ID,Parent Task ID,Milestone,Status,Assigned To,Priority,"
    "Due Date,Description\n"
    'T-1,"Measure 50 %",P-1,,Piles,In Progress,Ana Ågren,High,2021-04-01,By ladder\n'
    "T-2,Draw,P-1,T-1,,Completed,,,,\n"
    "T-3,Belongs nowhere,,,,,,,,\n"
)


def made(source, stream):
    (item,) = [as_json(m) for m in source.get_mappings() if m.stream == stream]
    rows = [apply(item["fields"], data).values for data in records(source, stream)]
    return item["model"], rows


def test_projects_their_milestones_and_tasks_find_each_other(open_files):
    source = open_files(
        {
            "projects.csv": PROJECTS,
            "milestones.csv": MILESTONES,
            "project_tasks.csv": TASKS,
            "companies.csv": "Id,Name,Industry,City,Website\n7,Ćevap & Sons,,,\n",
        }
    )
    model, (project,) = made(source, "projects")
    assert model == "project.project"
    assert project["name"] == "Dock «Ø» & Co"
    assert (project["date_start"], project["date"]) == ("2021-02-01", "2021-11-30")
    assert project["user_id"] == {"$owner": "Ana Ågren"}
    assert project["partner_id"]["$ref"][:2] == ["companies", "Ćevap & Sons"]

    model, (milestone,) = made(source, "milestones")
    assert model == "project.milestone"
    assert milestone["project_id"]["$ref"][:2] == ["projects", "Dock «Ø» & Co"]
    assert milestone["@done"] == "done"
    assert milestone["@done_at"].startswith("2021-04-28")

    model, (first, second, third) = made(source, "project_tasks")
    assert model == "project.task"
    assert first["project_id"] == {"$ref": ["projects", "P-1"]}
    assert first["milestone_id"]["$ref"][:2] == ["milestones", "Piles"]
    assert first["@done"] == {"$map": ["progress", "In Progress"]}
    assert first["priority"] == {"$map": ["priorities", "High"]}
    assert first["user_ids"] == {"$owner": "Ana Ågren"}
    assert second["parent_id"] == {"$ref": ["project_tasks", "T-1"]}
    assert "project_id" not in third


def test_they_are_known_by_the_names_of_their_files_in_other_languages(open_files):
    files = ("Projekte.csv", "Jalons.csv", "Projektaufgaben.csv")
    source = open_files(dict(zip(files, (PROJECTS, MILESTONES, TASKS), strict=True)))
    models = [item.model for item in source.get_mappings()]
    assert models == ["project.project", "project.milestone", "project.task"]

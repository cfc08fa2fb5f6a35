using System.Text.Json;

namespace Penstock.Simulator.Tests;

public sealed class ChildrenTests
{
    private static readonly SimulatorOptions Options = new()
    {
        Datasets =
        [
            new("projects")
            {
                Count = 5,
                Children = [new("tasks") { Count = 12, PageSize = 5, Paging = PagingStyle.Cursor, CountVaries = true, Children = [new("comments") { Count = 2 }] }],
            },
        ],
    };

    [Fact]
    public async Task every_parent_has_its_children_and_all_together_are_all()
    {
        await using var api = await Api.StartAsync(Options);
        var counts = new List<int>();

        foreach (var project in Ids(await api.GetJsonAsync("/projects")))
        {
            var tasks = 0;
            for (var cursor = ""; cursor is not null;)
            {
                var page = await api.GetJsonAsync($"/projects/{project}/tasks?cursor={cursor}");
                cursor = page.GetProperty("next_cursor").GetString();
                tasks += page.GetProperty("data").GetArrayLength();
                Assert.All(page.GetProperty("data").EnumerateArray(), task => Assert.Equal(project, task.GetProperty("parent_id").GetString()));
                foreach (var task in Ids(page)) Assert.Equal(2, (await api.GetJsonAsync($"/projects/{project}/tasks/{task}/comments")).GetProperty("total").GetInt32());
            }

            counts.Add(tasks);
        }

        Assert.True(counts.Distinct().Count() > 1, "The parents should have different numbers of children.");
        Assert.Equal(api.Server.AllIds("projects/tasks"), api.Server.ServedIds("projects/tasks"));
        Assert.Equal(api.Server.AllIds("projects/tasks/comments"), api.Server.ServedIds("projects/tasks/comments"));
        Assert.Equal(counts.Sum(), api.Server.Statistics.Datasets["projects/tasks"].Distinct);
        Assert.Equal(counts.Sum() * 2, api.Server.AllIds("projects/tasks/comments").Distinct().Count());
    }

    [Theory]
    [InlineData("/projects/projects-0", 200)]
    [InlineData("/projects/projects-0/tasks/tasks-0", 200)]
    [InlineData("/projects/projects-5", 404)]
    [InlineData("/projects/projects-x", 404)]
    [InlineData("/projects/0", 404)]
    [InlineData("/projects/projects-5/tasks", 404)]
    [InlineData("/projects/projects-0/users", 404)]
    [InlineData("/projects/projects-1/tasks/tasks-0", 404)]
    [InlineData("/users", 404)]
    [InlineData("/", 404)]
    public async Task only_what_exists_is_found(string path, int status)
    {
        await using var api = await Api.StartAsync(Options with { Seed = 3 });

        Assert.Equal(status, await api.StatusAsync(path));
    }

    [Fact]
    public async Task only_get_is_answered()
    {
        await using var api = await Api.StartAsync(Options);

        using var response = await api.Client.PostAsync("/projects", content: null);

        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(["GET"], response.Content.Headers.Allow);
    }

    private static IEnumerable<string> Ids(JsonElement page) => page.GetProperty("data").EnumerateArray().Select(record => record.GetProperty("id").GetString()!);
}

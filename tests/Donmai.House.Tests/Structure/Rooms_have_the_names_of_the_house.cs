namespace Donmai.House.Tests.Structure;

/// <summary>architecture.md §2 and quality.md §2: where things stand and what they are called.</summary>
public sealed class Rooms_have_the_names_of_the_house
{
    private static readonly string[] Rooms =
        ["Daemon", "Sessions", "Workareas", "Kits", "Routing", "Platform", "AgentWork", "Orchestration", "Providers"];

    private static readonly string[] ForbiddenFolders = ["Common", "Utils", "Helpers", "Misc", "Shared"];

    private static readonly string[] ForbiddenEndings = ["Manager", "Helper", "Util", "Utils", "Data", "Info", "Impl"];

    [Fact]
    public void No_folder_is_a_drawer_for_everything() =>
        Repository.Files("*.cs").SelectMany(static path => path.Split('/')[..^1]).Distinct().Intersect(ForbiddenFolders).ShouldBeEmpty();

    [Fact]
    public void No_type_is_named_after_nothing() =>
        Repository.Files("*.cs")
            .Where(static path => !path.StartsWith("offline/", StringComparison.Ordinal))
            .Select(static path => Path.GetFileNameWithoutExtension(path))
            .Where(static name => ForbiddenEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("core", "Git")]
    [InlineData("grains")]
    [InlineData("grain-interfaces")]
    [InlineData("silo/Gateway", "Description")]
    public void Rooms_inside_a_project_are_the_house_s_rooms(string place, params string[] alsoAllowed)
    {
        var folders = Repository.Files("*.cs", place)
            .Select(path => Path.GetRelativePath(place, path).Replace('\\', '/').Split('/'))
            .Where(static parts => parts.Length > 1)
            .Select(static parts => parts[0])
            .Distinct()
            .ToList();

        folders.ShouldNotBeEmpty();
        folders.Except([.. Rooms, .. alsoAllowed]).ShouldBeEmpty();
    }
}

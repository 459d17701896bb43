using System.Reflection;
using System.Xml.Linq;

namespace Donmai.House.Tests.Structure;

/// <summary>architecture.md §2: every project may use only the rooms below it.</summary>
public sealed class Dependencies_point_downward
{
    private static readonly string[] RoomsFromTheTop = ["cli", "silo", "worker", "client", "grains", "core", "grain-interfaces"];

    public static TheoryData<string> Rooms => [.. RoomsFromTheTop];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_project_references_only_rooms_below_it(string room)
    {
        var project = Directory.GetFiles(Path.Combine(Repository.Root, room), "*.csproj").ShouldHaveSingleItem();
        var referenced = XDocument.Load(project).Descendants("ProjectReference")
            .Select(static reference => reference.Attribute("Include")!.Value.Split('/', '\\')[1])
            .ToList();

        var below = RoomsFromTheTop.SkipWhile(name => name != room).Skip(1).ToList();

        referenced.Except(below).ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_of_the_product_stands_in_the_list_of_rooms()
    {
        var products = Repository.Files("*.csproj")
            .Select(static path => path.Split('/')[0])
            .Except(["tests", "offline", "bench", "samples"]);

        products.ShouldBe(RoomsFromTheTop, ignoreOrder: true);
    }

    [Theory]
    [InlineData("Donmai.Core", "Orleans")]
    [InlineData("Donmai.Core", "Donmai.Offline.Orleans")]
    [InlineData("Donmai.Core", "Microsoft.AspNetCore")]
    [InlineData("Donmai.Grains", "Microsoft.AspNetCore")]
    [InlineData("Donmai.GrainInterfaces", "Microsoft.AspNetCore")]
    [InlineData("Donmai.Client", "Microsoft.AspNetCore")]
    [InlineData("Donmai.Worker", "Microsoft.AspNetCore")]
    [InlineData("Donmai.Worker", "Donmai.Grains")]
    public void A_room_stays_free_of_what_is_not_its_job(string assembly, string unwanted)
    {
        var references = Assembly.Load(assembly).GetReferencedAssemblies();

        references.Length.ShouldBeGreaterThan(0);
        references.Select(static name => name.Name!)
            .Where(name => name == unwanted || name.StartsWith(unwanted + ".", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }
}

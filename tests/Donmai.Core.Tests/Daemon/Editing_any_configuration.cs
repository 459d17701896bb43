using System.Text.Json.Nodes;
using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Yaml;
using FsCheck;
using FsCheck.Fluent;

namespace Donmai.Core.Tests.Daemon;

/// <summary>Whatever is edited in whatever layout: what was set is read back, and comments, order and everything else stay.</summary>
public sealed class Editing_any_configuration
{
    private static readonly string[] Keys =
    [
        "machine.id", "machine.displayName", "capacity.maxConcurrentSessions", "capacity.reservedForSystem.vCpu", "capacity.poolMaxDiskGb",
        "trust.mode", "trust.actor", "kit.scanPaths", "later.one.two.three", "projects[0].git.sshKey", "projects[1].repository", "autoUpdate",
    ];

    private static readonly string[] Layouts =
    [
        "# top\nmachine: { id: m } # of it\ncapacity: {} # caps\nprojects: # list\n  - { id: a, repository: r } # first\n  - id: b # second\n    repository: s # place\n# bottom\n",
        "# top\r\nmachine: # of it\r\n    id: 'm'\r\ncapacity: # caps\r\n    maxConcurrentSessions: 3 # slots\r\nprojects:\r\n- id: a # first\r\n  repository: r\r\n  git:\r\n    sshKey: ~/k # key\r\n- {id: b, repository: s}\r\n# bottom",
        "{ machine: { id: m }, # of it\n  projects: [ { id: a, repository: r }, # first\n    { id: b, repository: s } ] # second\n}\n# bottom\n",
        "# top\nlater: |\n  text # no comment\n\n  more\nprojects:\n\n    -   id: a\n        # inner\n        repository: >-\n          r\n\n    -   repository: s # place\n        id: b\n\nmachine: { id: m }\nautoUpdate: ~ # nothing\n...\n",
    ];

    [Fact, Trait("spec", "DR-9")]
    public void Edits_round_trip_and_comments_survive()
    {
        var value = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(static text => (object)text.Get.Replace("\0", "", StringComparison.Ordinal)).Where(static text => IsWellFormed((string)text)),
            Gen.Elements("yes", "", " x ", "a: b", "# no", "- x", "~", "1e3", "\"", "'", "a\nb", "ü😀", "${A}", "*a", "&b", "{}", "null", "0x1").Select(static text => (object)text),
            ArbMap.Default.GeneratorFor<int>().Select(static number => (object)number),
            Gen.Constant((object)true));
        var edit = from key in Gen.Elements(Keys) from isSet in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false))) from written in value select (key, isSet ? written : null);
        var edits = from layout in Gen.Elements(Layouts) from list in Gen.ListOf(edit, 6) select (layout, list.ToList());

        Prop.ForAll(edits.ToArbitrary(), static sample => Holds(sample.layout, sample.Item2)).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    private static bool Holds(string layout, List<(string Key, object? Value)> edits)
    {
        var editor = new YamlEditor("daemon.yaml", layout);
        foreach (var (key, value) in edits)
        {
            var (text, before) = (editor.Text, editor.Leaves);
            try
            {
                if (value is null)
                    editor.Unset(key);
                else
                    editor.Set(key, JsonValue.Create(value)!);
            }
            catch (ConfigurationEditException)
            {
                // Refused, such as a key within a text: then nothing has changed.
                editor.Text.ShouldBe(text);
                continue;
            }

            var expected = value is null ? YamlLeafChanges.Unset(before, key) : YamlLeafChanges.Set(before, key, JsonValue.Create(value)!);
            editor.Leaves.ShouldBe(expected);
            var violations = new List<ConfigurationViolation>();
            YamlLeaves.Of(YamlText.Parse(editor.Text, violations)).ShouldBe(expected);
            violations.ShouldBeEmpty();
            foreach (var comment in Comments(text).Where(comment => !IsOfRemoved(comment, before, expected)))
                editor.Text.ShouldContain(comment);
        }

        return true;
    }

    private static IEnumerable<string> Comments(string text) =>
        new[] { "# top", "# of it", "# caps", "# slots", "# bottom" }.Where(comment => text.Contains(comment, StringComparison.Ordinal));

    // The comment behind a value goes with its line when the value is taken out.
    private static bool IsOfRemoved(string comment, SortedDictionary<string, string> before, SortedDictionary<string, string> after) => comment switch
    {
        "# of it" or "# slots" => before.Keys.Except(after.Keys).Any(),
        _ => false,
    };

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        }

        return true;
    }
}

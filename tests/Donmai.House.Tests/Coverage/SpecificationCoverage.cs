using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Donmai.House.Tests.Coverage;

/// <summary>Which tests prove which numbered invariant, read from the <c>spec</c> traits of the test sources.</summary>
internal static partial class SpecificationCoverage
{
    /// <summary>The numbered invariants of each specification.</summary>
    private static readonly (string Prefix, int Count, string Document)[] Specifications =
    [
        ("CA", 26, "control-api.md §11"),
        ("DR", 59, "daemon-runtime.md §16"),
        ("PA", 40, "platform-api.md §17"),
        ("WK", 113, "worker.md §11"),
        ("WA", 32, "workareas.md §9"),
        ("RT", 25, "routing.md §7"),
    ];

    /// <summary>Why an invariant has no test yet.</summary>
    private static readonly SortedDictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["WK-109"] = "there are no kits yet: they come with the kits of a session",
        ["WK-110"] = "there are no kits yet: they come with the kits of a session",
        ["WK-111"] = "there are no kits yet: they come with the kits of a session",
    };

    /// <summary>The document, as it should be.</summary>
    public static string Document()
    {
        var tests = TestsByInvariant();
        var text = new StringBuilder()
            .Append("# Specification coverage\n\n")
            .Append("Generated from the `spec` traits of the tests. To bring it up to date:\n\n")
            .Append("```\nDONMAI_WRITE_COVERAGE=1 dotnet test tests/Donmai.House.Tests --filter Coverage\n```\n\n")
            .Append("| Specification | Invariants | Proven | Not proven by any test |\n|---|---|---|---|\n");
        foreach (var (prefix, count, document) in Specifications)
        {
            var missing = Invariants(prefix, count).Where(id => !tests.ContainsKey(id)).ToList();
            text.Append(CultureInfo.InvariantCulture,
                $"| {document} | {count} | {count - missing.Count} | {(missing.Count == 0 ? "–" : Ranges(missing))} |\n");
        }

        foreach (var (prefix, count, document) in Specifications)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {document}\n\n| Invariant | Proven by |\n|---|---|\n");
            foreach (var id in Invariants(prefix, count))
            {
                if (tests.TryGetValue(id, out var proofs))
                    text.Append(CultureInfo.InvariantCulture, $"| {id} | {string.Join("<br>", proofs.Select(static test => $"`{test}`"))} |\n");
                else if (Reasons.TryGetValue(id, out var reason))
                    text.Append(CultureInfo.InvariantCulture, $"| {id} | none: {reason} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Traits that name no invariant of the lists above.</summary>
    public static IEnumerable<string> UnknownTraits()
    {
        var known = Specifications.SelectMany(static s => Invariants(s.Prefix, s.Count)).ToHashSet();
        return TestsByInvariant().Keys.Where(id => !known.Contains(id));
    }

    /// <summary>Invariants of the finished specifications that nothing proves and nothing explains, and explanations that are out of date.</summary>
    public static IEnumerable<string> Unexplained()
    {
        var tests = TestsByInvariant();
        return Specifications.Where(static s => s.Prefix is "CA" or "DR" or "PA" or "WK").SelectMany(static s => Invariants(s.Prefix, s.Count))
            .Where(id => tests.ContainsKey(id) == Reasons.ContainsKey(id));
    }

    private static IEnumerable<string> Invariants(string prefix, int count) => Enumerable.Range(1, count).Select(n => $"{prefix}-{n}");

    private static SortedDictionary<string, SortedSet<string>> TestsByInvariant()
    {
        var found = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var file in Repository.Files("*.cs", "tests"))
        {
            var pending = new List<string>();
            foreach (var line in File.ReadLines(Path.Combine(Repository.Root, file)))
            {
                foreach (Match trait in SpecTrait().Matches(line))
                    pending.Add(trait.Groups["id"].Value);
                if (pending.Count == 0 || Declaration().Match(line) is not { Success: true } declaration)
                    continue;
                foreach (var id in pending)
                {
                    if (!found.TryGetValue(id, out var tests))
                        found[id] = tests = new(StringComparer.Ordinal);
                    tests.Add($"{Path.GetFileNameWithoutExtension(file)}.{declaration.Groups["name"].Value}");
                }

                pending.Clear();
            }
        }

        return found;
    }

    private static string Ranges(List<string> ids)
    {
        var prefix = ids[0][..(ids[0].IndexOf('-', StringComparison.Ordinal) + 1)];
        var numbers = ids.ConvertAll(id => int.Parse(id.AsSpan(prefix.Length), CultureInfo.InvariantCulture));
        var parts = new List<string>();
        for (var start = 0; start < numbers.Count;)
        {
            var end = start;
            while (end + 1 < numbers.Count && numbers[end + 1] == numbers[end] + 1)
                end++;
            parts.Add(start == end ? $"{prefix}{numbers[start]}" : $"{prefix}{numbers[start]}…{numbers[end]}");
            start = end + 1;
        }

        return string.Join(", ", parts);
    }

    [GeneratedRegex(@"Trait\(""spec"", ""(?<id>[A-Z]+-\d+)""\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpecTrait();

    [GeneratedRegex(@"\b(class|void|Task|ValueTask)\s+(?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Declaration();
}

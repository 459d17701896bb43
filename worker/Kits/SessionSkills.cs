using System.Text;

namespace Donmai.Worker.Kits;

/// <summary>What skills add to a session: a text for the system prompt, and tools that may not be used (worker.md §9.1, §9.3).</summary>
/// <param name="Text">The bodies, joined by one empty line.</param>
/// <param name="Refusals">The refusals, each once, in order.</param>
internal sealed record SessionSkills(string Text, IReadOnlyList<string> Refusals)
{
    private const int LargestText = 96 * 1024;

    /// <summary>Reads the skills of sources, those of the highest priority first.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="warn">Told what could not be taken.</param>
    public static SessionSkills Read(IEnumerable<SkillSource> sources, Action<string> warn)
    {
        List<string> bodies = [];
        List<string> refusals = [];
        var size = 0;
        var cut = 0;
        foreach (var file in sources.OrderByDescending(static source => source.Priority).ThenBy(static source => source.Id, StringComparer.Ordinal).SelectMany(Files))
        {
            if (Load(file, warn) is not { } skill)
                continue;
            refusals.AddRange(skill.Refusals);
            if (skill.Body.Length == 0)
                continue;
            size += Encoding.UTF8.GetByteCount(skill.Body) + 2;
            if (size > LargestText)
                cut++;
            else
                bodies.Add(skill.Body);
        }

        if (cut > 0)
            warn($"the skills are larger than {LargestText / 1024} KiB; the last {cut} were left out");
        return new SessionSkills(string.Join("\n\n", bodies), [.. refusals.Distinct(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> Files(SkillSource source) =>
        source.SkillFiles.Select(file => Path.Combine(Path.GetDirectoryName(source.ManifestPath) ?? "", file));

    private static SkillFile? Load(string file, Action<string> warn)
    {
        try
        {
            return SkillFile.Parse(File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            warn($"the skill '{file}' cannot be read: {unreadable.Message}");
            return null;
        }
    }
}

using System.Text;

namespace Donmai.Core.Git;

/// <summary>Names of work branches (worker.md §5.2).</summary>
public static class GitBranchNames
{
    private const int MaximumBytes = 200;

    /// <summary>Name used when there is none, or when the wanted one is protected.</summary>
    /// <param name="sessionId">The session.</param>
    public static string ForSession(string sessionId) => Repair($"agent/{sessionId}", "agent/session");

    /// <summary>
    /// The wanted name when git takes it as a branch, else a repaired one; the same input always gives the same name.
    /// </summary>
    /// <param name="wanted">Name asked for.</param>
    /// <param name="fallback">Name for when nothing usable is left.</param>
    public static string Repair(string wanted, string fallback)
    {
        if (IsValid(wanted))
            return wanted;
        var name = new StringBuilder();
        foreach (var character in wanted)
        {
            var next = IsAllowed(character) ? character : '-';
            if (name.Length == 0 || next != name[^1] || char.IsAsciiLetterOrDigit(next) || next == '_')
                name.Append(next);
        }

        var trimmed = Trim(name.ToString());
        if (trimmed.Length > MaximumBytes)
            trimmed = Trim(trimmed[..MaximumBytes]);
        trimmed = string.Join('/', trimmed.Split('/').Select(Trim).Where(static part => part.Length > 0));
        return IsValid(trimmed) ? trimmed : fallback;
    }

    /// <summary>
    /// Whether a name satisfies <c>git check-ref-format --branch</c> and has at most 200 bytes.
    /// </summary>
    /// <param name="name">The name.</param>
    public static bool IsValid(string name) =>
        name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MaximumBytes
        && name is not ("@" or "HEAD") && name[0] is not ('-' or '/') && name[^1] is not ('/' or '.')
        && !name.Contains("..", StringComparison.Ordinal) && !name.Contains("@{", StringComparison.Ordinal)
        && !name.Contains("//", StringComparison.Ordinal)
        && name.Split('/').All(static part => part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal))
        && !name.Any(static character => char.IsControl(character) || " ~^:?*[\\\u007f".Contains(character));

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '/' or '-';

    private static string Trim(string name)
    {
        string before;
        do
        {
            before = name;
            name = name.TrimStart('-', '/', '.').TrimEnd('/', '.');
            if (name.EndsWith(".lock", StringComparison.Ordinal))
                name = name[..^".lock".Length];
        }
        while (name != before);
        return name;
    }
}

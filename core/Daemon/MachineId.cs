using System.Text;

namespace Donmai.Core.Daemon;

/// <summary>Derives the machine id of a fresh configuration (daemon-runtime.md §3).</summary>
public static class MachineId
{
    private const string Fallback = "local-machine";

    /// <summary>The id for a host name: lower case, everything but letters, digits and dashes as one dash.</summary>
    /// <param name="hostname">The system's host name; <see langword="null"/> or empty when it is unknown.</param>
    public static string FromHostname(string? hostname) => SlugOf(hostname ?? "", Fallback);

    /// <summary>Lower case, everything but letters, digits and dashes as one dash, no dash at the ends.</summary>
    /// <param name="text">What to write so.</param>
    /// <param name="otherwise">The answer when nothing is left.</param>
    internal static string SlugOf(string text, string otherwise)
    {
        var id = new StringBuilder();
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character))
                id.Append(character);
            else if (id.Length > 0 && id[^1] != '-')
                id.Append('-');
        }

        var trimmed = id.ToString().TrimEnd('-');
        return trimmed.Length == 0 ? otherwise : trimmed;
    }
}

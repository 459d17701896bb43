using System.Diagnostics.CodeAnalysis;

namespace Donmai.Core.Daemon.Updates;

/// <summary>A version as Semantic Versioning 2.0 writes it, after an optional leading <c>v</c> (daemon-runtime.md §13, "Beyond the reference").</summary>
internal sealed class SemanticVersion
{
    private const int Longest = 256;
    private const int CoreParts = 3;

    private readonly string[] _core;
    private readonly string[] _preRelease;

    private SemanticVersion(string[] core, string[] preRelease) => (_core, _preRelease) = (core, preRelease);

    /// <summary>Reads a version.</summary>
    /// <param name="text">The text; at most 256 characters.</param>
    /// <param name="version">The version.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = null;
        if (text is not { Length: <= Longest })
            return false;
        var rest = text.StartsWith('v') ? text[1..] : text;
        if (Cut(ref rest, '+') is { } build && !Array.TrueForAll(build.Split('.'), IsIdentifier))
            return false;
        var preRelease = Cut(ref rest, '-')?.Split('.') ?? [];
        var core = rest.Split('.');
        if (core.Length != CoreParts || !Array.TrueForAll(core, IsPlainNumber) || !Array.TrueForAll(preRelease, IsPreReleaseIdentifier))
            return false;
        version = new SemanticVersion(core, preRelease);
        return true;
    }

    /// <summary>Precedence: a pre-release comes before its release, build metadata does not count.</summary>
    public int ComparePrecedence(SemanticVersion other)
    {
        for (var part = 0; part < CoreParts; part++)
        {
            if (CompareNumbers(_core[part], other._core[part]) is not 0 and var difference)
                return difference;
        }

        return ComparePreReleases(_preRelease, other._preRelease);
    }

    private static int ComparePreReleases(string[] left, string[] right)
    {
        if (left.Length == 0 || right.Length == 0)
            return right.Length.CompareTo(left.Length);
        for (var index = 0; index < Math.Min(left.Length, right.Length); index++)
        {
            if (CompareIdentifiers(left[index], right[index]) is not 0 and var difference)
                return difference;
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int CompareIdentifiers(string left, string right) => (IsNumber(left), IsNumber(right)) switch
    {
        (true, true) => CompareNumbers(left, right),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(left, right),
    };

    /// <summary>Numbers without leading zeros, however long.</summary>
    private static int CompareNumbers(string left, string right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);

    private static string? Cut(ref string text, char separator)
    {
        var at = text.IndexOf(separator);
        if (at < 0)
            return null;
        var after = text[(at + 1)..];
        text = text[..at];
        return after;
    }

    private static bool IsIdentifier(string text) => text.Length > 0 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static bool IsPreReleaseIdentifier(string text) => IsIdentifier(text) && (!IsNumber(text) || IsPlainNumber(text));

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static bool IsPlainNumber(string text) => IsNumber(text) && (text.Length == 1 || text[0] != '0');
}

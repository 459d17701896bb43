using System.Text.RegularExpressions;

namespace Donmai.Core.Git;

/// <summary>A repository of a host in the network, whatever protocol reaches it.</summary>
/// <param name="Host">Name of the host.</param>
/// <param name="Path">Owner and name, e.g. <c>acme/billing</c>.</param>
public sealed partial record HostedRepository(string Host, string Path)
{
    private const string GitHub = "github.com";

    /// <summary>Whether the host is GitHub itself.</summary>
    public bool IsOnGitHub => string.Equals(Host, GitHub, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an address: <c>https</c>, <c>ssh</c>, scp-like, or <c>host/owner/name</c>.</summary>
    /// <returns>The repository; <see langword="null"/> when it is one of this machine, or no address.</returns>
    public static HostedRepository? Parse(string address)
    {
        var match = Address().Match(address.Trim());
        return match.Success ? new HostedRepository(match.Groups["host"].Value, match.Groups["path"].Value.TrimEnd('/')) : null;
    }

    /// <summary>Whether both mean the same repository; hosts do not tell upper and lower case apart.</summary>
    public bool IsSameAs(HostedRepository other) =>
        string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase) && string.Equals(Path, other.Path, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => $"{Host}/{Path}";

    [GeneratedRegex(
        @"\A(?:(?:https?|ssh|git)://)?(?:[^@/\s]+@)?(?<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?::\d+(?=/))?[/:](?<path>[A-Za-z0-9._/-]+?)(?:\.git)?/?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Address();
}

using System.Text.RegularExpressions;
using Donmai.Core.Daemon.Yaml;

namespace Donmai.Core.Daemon;

/// <summary>Reads <c>autoUpdate</c> (daemon-runtime.md §2.3, §12).</summary>
internal static class UpdateReader
{
    private const int LongestDrain = 24 * 60 * 60;

    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    /// <summary>The settings of updates.</summary>
    /// <param name="update">The section.</param>
    /// <param name="paths">Makes paths absolute.</param>
    public static UpdateConfiguration Read(YamlSection update, ConfigurationPaths paths)
    {
        var defaults = new UpdateConfiguration();
        return new UpdateConfiguration
        {
            Channel = update.OneOf("channel", "stable", "beta", "main") ?? defaults.Channel,
            Schedule = update.OneOf("schedule", "nightly", "on-release", "manual") ?? defaults.Schedule,
            DrainTimeout = update.Whole("drainTimeoutSeconds", 1, LongestDrain) is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.DrainTimeout,
            Url = Url(update),
            Pin = update.Text("pin") is { Length: > 0 } pin ? pin : null,
            Signers = update.Items("signers").ConvertAll(Signer),
            TrustRootPath = paths.Absolute(update.Text("trustRootPath")),
        };
    }

    private static Uri? Url(YamlSection update)
    {
        var text = update.Text("url");
        if (text is null or "")
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        update.Violate("url", $"is \"{text}\"; it must be an absolute http or https URL");
        return null;
    }

    private static UpdateSigner Signer(YamlSection signer)
    {
        var (san, pattern) = (signer.Text("san"), signer.Text("sanRegex"));
        if (pattern is not null && !IsPattern(pattern))
            signer.Violate("sanRegex", $"is \"{pattern}\"; it must be a regular expression");
        return new UpdateSigner(signer.Required("issuer"), san, pattern);
    }

    private static bool IsPattern(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.CultureInvariant, PatternLimit);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Donmai.Core.Daemon;

/// <summary>Shows a configuration key by key, each with where its value comes from; secrets are masked.</summary>
public static partial class ConfigurationOverview
{
    /// <summary>What is shown in place of a secret.</summary>
    public const string Masked = "(secret)";

    /// <summary>All keys with a value: those of <see cref="ConfigurationKeys.All"/> in their order, then what else the file says.</summary>
    /// <param name="reader">Reads the file.</param>
    /// <param name="path">The file; it need not exist.</param>
    /// <param name="generated">What is in force without a file.</param>
    /// <exception cref="DaemonConfigurationException">The file cannot be read or used.</exception>
    public static IReadOnlyList<ConfigurationValue> Of(DaemonConfigurationReader reader, string path, DaemonConfiguration generated)
    {
        var read = ConfigurationText.Load(path) is { } text ? reader.Parse(path, text) : new ReadConfiguration(generated, new Dictionary<string, string>());
        var values = new List<ConfigurationValue>();
        foreach (var key in ConfigurationKeys.All)
        {
            var isWritten = read.Written.Keys.Any(written => IsWithin(written, key.Name));
            if (key.Kind is ConfigurationKind.Secret)
                AddSecret(values, key, read.Configuration, isWritten);
            else if (key.Value(read.Configuration) is { } value && (isWritten || value is not JsonArray { Count: 0 }))
                values.Add(new ConfigurationValue(key.Name, value, isWritten ? ConfigurationOrigin.File : ConfigurationOrigin.Default));
        }

        var rest = read.Written.Where(written => !values.Exists(value => IsWithin(written.Key, value.Key)));
        values.AddRange(rest.Select(static written => new ConfigurationValue(
            written.Key, Shown(written.Key, written.Value), IsRead(written.Key) ? ConfigurationOrigin.File : ConfigurationOrigin.Unused)));
        return values;
    }

    // What the file is has no effect, but is there on purpose: the product writes it itself.
    private static bool IsRead(string key) => key is "apiVersion" or "kind" || ConfigurationKeys.Find(key) is not null;

    private static void AddSecret(List<ConfigurationValue> values, ConfigurationKey key, DaemonConfiguration configuration, bool isWritten)
    {
        // A reference says where the secret is, not what it is.
        var isReference = configuration.AuthTokenText is { } text && text.StartsWith("${", StringComparison.Ordinal) && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1;
        if (isReference)
            values.Add(new ConfigurationValue(key.Name, JsonValue.Create(configuration.AuthTokenText), ConfigurationOrigin.File));
        else if (isWritten || configuration.AuthToken is not null)
            values.Add(new ConfigurationValue(
                key.Name, JsonValue.Create(Masked), configuration.AuthToken == configuration.AuthTokenText ? ConfigurationOrigin.File : ConfigurationOrigin.Environment));
    }

    private static JsonValue Shown(string key, string value) =>
        JsonValue.Create(LooksSecret().IsMatch(key) ? Masked : key.EndsWith(".repository", StringComparison.Ordinal) || key.EndsWith(".repoUrl", StringComparison.Ordinal) ? RepositorySecrets.Strip(value) : value);

    /// <summary>Whether a key is <paramref name="key"/> or stands below it.</summary>
    public static bool IsWithin(string written, string key) =>
        written.StartsWith(key, StringComparison.Ordinal) && (written.Length == key.Length || written[key.Length] is '.' or '[');

    [GeneratedRegex("(token|secret|password|apiKey)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LooksSecret();
}

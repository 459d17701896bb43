using YamlDotNet.Core;

namespace Donmai.Core.Daemon.Yaml;

/// <summary>A single value; every one is kept as its text.</summary>
internal sealed class YamlScalar : YamlValue
{
    /// <summary>Its text, without quotes.</summary>
    public required string Text { get; init; }

    /// <summary>How it is written.</summary>
    public required ScalarStyle Style { get; init; }

    /// <summary>Whether it says that there is no value.</summary>
    public bool IsNull => Style is ScalarStyle.Plain && Text is ("" or "~" or "null" or "Null" or "NULL");

    /// <summary>Whether it is written as lines of its own behind <c>|</c> or <c>&gt;</c>.</summary>
    public bool IsBlock => Style is ScalarStyle.Literal or ScalarStyle.Folded;
}

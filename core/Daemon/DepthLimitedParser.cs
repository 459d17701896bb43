using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Donmai.Core.Daemon;

/// <summary>Refuses documents so deeply nested that building their tree could exhaust the stack.</summary>
internal sealed class DepthLimitedParser(IParser inner, int maximum) : IParser
{
    private int _depth;

    /// <inheritdoc/>
    public ParsingEvent? Current => inner.Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (!inner.MoveNext())
            return false;
        _depth += inner.Current!.NestingIncrease;
        return _depth <= maximum
            ? true
            : throw new YamlException(inner.Current.Start, inner.Current.End, $"nested more than {maximum} levels deep");
    }
}

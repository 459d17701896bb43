namespace Donmai.Core.Daemon;

/// <summary>The daemon's configuration as it is now.</summary>
public interface IDaemonConfiguration
{
    /// <summary>The configuration in force; read it at the moment of use, it is replaced when the file changes.</summary>
    DaemonConfiguration Current { get; }

    /// <summary>Asks to be told of every replacement, after it has happened; one at a time, in order.</summary>
    /// <param name="tell">Is told on the thread of whoever replaces; must be quick and must not throw.</param>
    /// <returns>Dispose of it to hear no more.</returns>
    IDisposable WhenReplaced(Action<ConfigurationReplacement> tell);
}

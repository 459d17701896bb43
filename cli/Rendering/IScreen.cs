namespace Donmai.Cli.Rendering;

/// <summary>Where output for people goes.</summary>
internal interface IScreen
{
    /// <summary>Writes one line.</summary>
    void Write(Line line);

    /// <summary>Writes a table.</summary>
    void Write(Listing listing);

    /// <summary>Shows <paramref name="status"/>, as it changes, until <paramref name="work"/> is done.</summary>
    Task<T> While<T>(Func<string> status, Func<Task<T>> work);
}

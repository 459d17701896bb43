namespace Donmai.Bench.Grains;

/// <summary>The baseline's counterpart of <see cref="IEchoGrain"/>.</summary>
internal interface IEcho
{
    /// <summary>Returns <paramref name="number"/>.</summary>
    Task<int> Echo(int number);
}

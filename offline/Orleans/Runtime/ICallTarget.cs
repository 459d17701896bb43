namespace Orleans.Runtime;

/// <summary>What the directory has for a grain id.</summary>
internal interface ICallTarget
{
    /// <returns>False if it has ended: ask the directory again.</returns>
    bool TryDeliver(GrainCall call);
}

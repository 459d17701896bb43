namespace Orleans.Runtime;

internal static class GrainStorageNames
{
    /// <summary>The provider of states that name none.</summary>
    public const string Default = "Default";
}

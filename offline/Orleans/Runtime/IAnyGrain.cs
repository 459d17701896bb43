namespace Orleans.Runtime;

/// <summary>A grain of which only the id is known; cast its reference to call it.</summary>
public interface IAnyGrain : IGrain;

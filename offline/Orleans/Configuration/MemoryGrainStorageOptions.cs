namespace Orleans.Configuration;

public class MemoryGrainStorageOptions
{
    public int NumStorageGrains { get; set; } = 10;
}

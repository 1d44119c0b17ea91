namespace AeVae.Runner.Execution;

/// <summary>How many threads pay off.</summary>
static class Processors
{
    /// <summary>Physical cores that this process may use: two threads of one core share the unit that multiplies.</summary>
    public static int PhysicalCores { get; } = CountPhysicalCores();

    static int CountPhysicalCores()
    {
        // ProcessorCount respects affinity and the limits of a container.
        int available = Environment.ProcessorCount;
        const string folder = "/sys/devices/system/cpu";
        if (!Directory.Exists(folder))
            return available;
        HashSet<string> cores = [];
        foreach (string cpu in Directory.EnumerateDirectories(folder, "cpu*"))
        {
            string siblings = Path.Combine(cpu, "topology", "thread_siblings_list");
            if (File.Exists(siblings))
                cores.Add(File.ReadAllText(siblings).Trim());
        }

        return cores.Count == 0 ? available : Math.Min(available, cores.Count);
    }
}

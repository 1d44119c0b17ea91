using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>A kernel: work over independent items, written once for every width of register.</summary>
internal interface ILoop
{
    /// <summary>Works on items <paramref name="first"/> … <paramref name="end"/> − 1, in a way that no other item depends on. It must not throw: on a worker thread that ends the process.</summary>
    void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>;
}

namespace AeVae.Compute;

/// <summary>Being built.</summary>
public static class ActivationKernels
{
    /// <summary>Being built.</summary>
    public static void Forward(Activation f, Matrix preActivation, Matrix output, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void Backward(Activation f, Matrix output, Matrix dOutput, Matrix dPreActivation, ThreadTeam team) => throw new NotImplementedException();
}

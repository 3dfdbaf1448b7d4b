/// Next steps that several messages name.
public enum Advice {
  /// The objects that the inventory is made of, as kubectl calls them.
  public static let kinds = "pods,svc,endpointslices,nodes,ns,deploy,rs,sts,ds,jobs,cronjobs"

  /// The command that loads all of them.
  public static let loadInventory = "kubectl get \(kinds) -A -o json | netpol-learn cluster --cluster -"
}
